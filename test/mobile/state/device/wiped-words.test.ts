import test from 'brittle'
import type { WipedState } from '../../../../core/api/contract.ts'
import { isSomethingLeft, wipedSentence } from '../../../../mobile/ui/state/device/wiped-words.ts'

const NOTHING: WipedState = { notSafe: [], kept: null, unread: null, left: false }
const notSafe = [
  { recording: 'a', length: 60, safeLength: 30 },
  { recording: 'b', length: 40, safeLength: 9 }
]

test('What came of a panic is told in one sentence, whatever came of it', (t) => {
  const told = (some: Partial<WipedState>) => wipedSentence({ ...NOTHING, ...some })
  t.alike(told({}), { key: 'wiped.safe' })
  const values = { count: 2, percent: 39 }
  t.alike(told({ notSafe, kept: '/x/kept' }), { key: 'wiped.kept', values })
  t.alike(told({ notSafe }), { key: 'wiped.lost', values })
  t.alike(told({ unread: 'x', left: true }), { key: 'wiped.left' })
  t.alike(told({ unread: 'x' }), { key: 'wiped.unknown' })
  const empty = [{ recording: 'a', length: 0, safeLength: 0 }]
  t.alike(told({ notSafe: empty }), { key: 'wiped.lost', values: { count: 1, percent: 0 } })
})

test('What is left can be deleted, and nothing else', (t) => {
  t.ok(isSomethingLeft({ ...NOTHING, notSafe, kept: '/x/kept' }))
  t.ok(isSomethingLeft({ ...NOTHING, unread: 'x', left: true }))
  t.absent(isSomethingLeft({ ...NOTHING, notSafe }))
  t.absent(isSomethingLeft(NOTHING))
})
