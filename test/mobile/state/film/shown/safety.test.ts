import test from 'brittle'
import type { FilmingState } from '../../../../../core/api/contract.ts'
import { isNews, safetyOf, vibrationFor } from '../../../../../mobile/ui/state/film/shown/safety.ts'

/** What the engine says; seconds captured, and of them those the engine has not yet; connected. */
type Row = [string, Partial<FilmingState> | null, [number, number], boolean, string, string]

const both = { seconds: 9, safeSeconds: 9, copies: 2 }
const table: Row[] = [
  ['the first moment', null, [0.5, 0.5], true, 'starting', 'none'],
  ['nobody took anything', { seconds: 5, safeSeconds: 0 }, [5, 0], true, 'nobody', 'danger'],
  ['the engine never answered', null, [5, 5], true, 'nobody', 'danger'],
  ['two have it', { ...both, safeSeconds: 8.5 }, [9, 0], true, 'safe', 'safe'],
  [
    'two had the beginning',
    { seconds: 20, safeSeconds: 8, copies: 0 },
    [20, 0],
    true,
    'behind',
    'warn'
  ],
  ['the engine has not got the last seconds', both, [15, 6], true, 'behind', 'warn'],
  ['the engine is silent', both, [9, 0], false, 'gone', 'danger']
]

for (const [title, filming, [seconds, waitingSeconds], connected, kind, level] of table) {
  test(`How safe: ${title}`, (t) => {
    const captured = { seconds, waitingSeconds, quietSeconds: 0 }
    const safety = safetyOf(filming as FilmingState | null, captured, connected)
    t.is(safety.kind, kind)
    t.is(safety.level, level)
    if (kind !== 'safe' && kind !== 'behind') t.is(safety.copies, 0, 'no copy is claimed')
  })
}

test('A film of an engine that began anew is not behind by what came before', (t) => {
  const film = { seconds: 10, safeSeconds: 9, copies: 2 } as FilmingState
  t.is(safetyOf(film, { seconds: 70, waitingSeconds: 0.25, quietSeconds: 0 }, true).kind, 'safe')
})

test('A camera that gives nothing is not safe, whoever has what came before', (t) => {
  const silent = { seconds: 9, waitingSeconds: 0, quietSeconds: 6 }
  t.alike(safetyOf(both as FilmingState, silent, true).kind, 'behind')
  const never = { seconds: 0, waitingSeconds: 0, quietSeconds: 6 }
  t.is(safetyOf(null, never, true).level, 'danger')
})

test('The phone shakes for a copy more, and for longer where one is lost', (t) => {
  const [none, one, two] = [safe(0), safe(1), safe(2)]
  t.alike(vibrationFor(none, one), [90])
  t.alike(vibrationFor(one, two), [90, 90, 90])
  t.alike(vibrationFor(two, two), [])
  t.ok(sum(vibrationFor(two, one)) > sum(vibrationFor(one, two)))
  t.ok(sum(vibrationFor(two, none)) > sum(vibrationFor(two, one)))
})

test('Seconds alone are no news', (t) => {
  t.absent(isNews(safe(2), { ...safe(2), behindSeconds: 2 }))
  t.ok(isNews(safe(2), safe(1)))
})

function safe(copies: number) {
  return safetyOf(
    { seconds: 9, safeSeconds: copies > 0 ? 9 : 0, copies } as FilmingState,
    { seconds: 9, waitingSeconds: 0, quietSeconds: 0 },
    true
  )
}

function sum(pattern: number[]): number {
  return pattern.reduce((all, ms) => all + ms, 0)
}
