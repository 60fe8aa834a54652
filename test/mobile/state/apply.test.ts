import test from 'brittle'
import type { Change, State } from '../../../core/api/contract.ts'
import { apply } from '../../../mobile/ui/state/apply.ts'

const state = {
  device: { phase: 'opening' },
  disk: { full: false },
  join: null,
  wiped: null,
  circles: { a: { name: 'A' }, b: { name: 'B' } },
  recordings: {},
  filming: {},
  invites: {},
  exports: {}
} as unknown as State

test('A change of one entry leaves the others and every other slice as they are', (t) => {
  const next = apply(state, [change('circles', 'a', { name: 'new' })])
  t.is(next.circles['a']!.name, 'new')
  t.is(next.circles['b'], state.circles['b'])
  t.is(next.recordings, state.recordings)
  t.is(state.circles['a']!.name, 'A', 'what was is not changed')
})

test('An entry that is null is gone', (t) => {
  t.alike(Object.keys(apply(state, [change('circles', 'a', null)]).circles), ['b'])
})

test('A slice of one value is replaced, by null as well', (t) => {
  const joined = apply(state, [change('join', null, { phase: 'asked' })])
  t.is(joined.join?.phase, 'asked')
  t.is(apply(joined, [change('join', null, null)]).join, null)
})

test('A slice that this page does not know is let pass', (t) => {
  t.alike(apply(state, [change('moods', null, 1)]), state)
})

function change(slice: string, key: string | null, value: unknown): Change {
  return { slice, key, value } as Change
}
