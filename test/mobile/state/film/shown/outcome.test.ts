import test from 'brittle'
import type { FilmingState, HolderItem } from '../../../../../core/api/contract.ts'
import { outcomeOf } from '../../../../../mobile/ui/state/film/shown/outcome.ts'

test('A film is whole with others only where one has signed for every block', (t) => {
  t.is(outcomeOf([holder(60, true)], filming, 60).kind, 'whole')
  t.is(outcomeOf([holder(60, false)], filming, 60).kind, 'partly')
  t.is(outcomeOf([], { ...filming, safeSeconds: 0 }, 60).kind, 'nobody')
  t.is(outcomeOf([], { ...filming, safeSeconds: 0, ownSeconds: 0 }, 60).kind, 'lost')
  t.is(outcomeOf([], null, 60).kind, 'lost')
})

test('Nobody has the whole of a film of which the engine did not get all', (t) => {
  const half = { ...filming, ownSeconds: 30 }
  t.is(outcomeOf([holder(30, true)], half, 60).kind, 'partly')
  t.is(outcomeOf([holder(30, true)], half, 31).kind, 'whole', 'the last pictures are no fragment')
})

test('Where the engine began anew, who has only what came after has not all of it', (t) => {
  const half = { ...filming, ownSeconds: 30 }
  const before = (all: boolean) => [{ seconds: 30, holders: [holder(30, all)] }]
  t.is(outcomeOf([holder(30, true)], half, 60, before(true)).kind, 'whole')
  t.is(outcomeOf([holder(30, true)], half, 60, before(false)).kind, 'partly')
  t.is(outcomeOf([holder(30, true)], half, 30, [{ seconds: 30, holders: [] }]).kind, 'partly')
})

const filming = { ownSeconds: 60, safeSeconds: 30, holders: [] } as unknown as FilmingState

function holder(seconds: number, all: boolean): HolderItem {
  return { seconds, all } as HolderItem
}
