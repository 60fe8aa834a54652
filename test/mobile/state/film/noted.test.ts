import test from 'brittle'
import { dueAgain, isQuick, QUICK_TAGS } from '../../../../mobile/ui/state/film/noted.ts'

test('What the engine cannot take yet is told again, what it refuses is not', (t) => {
  t.alike(['ENGINE_GONE', 'BAD_STATE'].map(dueAgain), [true, true])
  t.alike(['BAD_INPUT', 'NOT_ALLOWED', 'INTERNAL'].map(dueAgain), [false, false, false])
})

test('Free text is no quick tag', (t) => {
  t.ok(QUICK_TAGS.every(isQuick))
  t.absent(isQuick(null))
  t.absent(isQuick('person'))
})
