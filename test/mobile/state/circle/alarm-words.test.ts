import test from 'brittle'
import { ALARM_KINDS } from '../../../../core/encoding/journal/journal-entry.ts'
import { alarmTold } from '../../../../mobile/ui/state/circle/alarm-words.ts'
import { lacking } from '../../../helpers/ui/words.ts'

const people = { isSelf: (device: string) => device === 'me', nameOf: (device: string) => device }

test('Every alarm says what happened and what to do, of others and of this device', (t) => {
  for (const kind of [...ALARM_KINDS, 'something-newer']) {
    for (const device of ['ana', 'me']) {
      const told = alarmTold({ kind, device, by: 'ben', proven: false }, people)
      t.alike(lacking(`circle.${told.what.key}`), [], `${kind} of ${device}`)
      t.alike(lacking(`circle.${told.todo.key}`), [], `${kind} of ${device}`)
      t.not(told.what.key, told.todo.key)
      t.alike(lacking(`circle.alarms.urgency-${told.urgency}`), [])
    }
  }
})

test('Only what is unknown here is told in the words for what is unknown', (t) => {
  for (const kind of ALARM_KINDS) {
    const { what } = alarmTold({ kind, device: 'ana', by: 'ana', proven: true }, people)
    t.is(what.key, `alarm.${kind}.theirs`)
  }
  const newer = alarmTold({ kind: 'toString', device: 'ana', by: 'ana', proven: true }, people)
  t.is(newer.what.key, 'alarm.unknown.theirs')
})

test('What is proven is told apart from what somebody says', (t) => {
  const told = (by: string, proven: boolean) =>
    alarmTold({ kind: 'fork-offer', device: 'ana', by, proven }, people).source
  t.alike(told('ben', true), { key: 'alarm.proven' })
  t.alike(told('ben', false), { key: 'alarm.says', values: { name: 'ben' } })
  t.is(told('me', false), null, 'this device saw it itself')
})

test('A film that fell silent cannot wait', (t) => {
  const { urgency } = alarmTold({ kind: 'silence', device: 'ana', by: 'me', proven: false }, people)
  t.is(urgency, 'now')
})
