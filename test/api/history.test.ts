import b4a from 'b4a'
import test from 'brittle'
import { newest } from '../../core/api/host/views/circle-view.ts'
import type { HistoryEntry } from '../../core/circle/roster.ts'

test('who changes its name puts nothing out of sight that was said of who belongs', (t) => {
  const said = [...times(250, 'member-added'), ...times(300, 'named'), entry('member-revoked', 550)]
  const shown = newest(said)
  t.is(shown.filter(({ kind }) => kind === 'named').length, 200)
  t.is(shown.filter(({ kind }) => kind === 'member-added').length, 199)
  t.is(shown.at(-1)!.kind, 'member-revoked')
  const places = shown.map(({ index }) => index)
  t.alike(
    places,
    [...places].sort((a, b) => a - b),
    'in their order'
  )
})

function times(count: number, kind: HistoryEntry['kind']): HistoryEntry[] {
  const first = kind === 'named' ? 250 : 0
  return Array.from({ length: count }, (_, i) => entry(kind, first + i))
}

function entry(kind: HistoryEntry['kind'], index: number): HistoryEntry {
  const key = b4a.alloc(32)
  const who = { by: key, about: key, journal: key, role: null }
  return {
    ...who,
    kind,
    index,
    atMs: 0,
    reason: '',
    name: '',
    was: '',
    state: 'effective',
    why: null
  }
}
