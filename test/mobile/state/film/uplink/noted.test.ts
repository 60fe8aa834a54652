import test from 'brittle'
import {
  dueAgain,
  isQuick,
  QUICK_TAGS,
  wayOf
} from '../../../../../mobile/ui/state/film/uplink/noted.ts'
import type { FilmingState } from '../../../../../core/api/contract.ts'

const noted = { tag: null, text: 'RIO', seconds: 7, atMs: 1000 }
const nothing = { now: null, recordings: [], isOver: false }
const now = {
  ...{ filming: 'h', circle: 'c', recording: 'second', phase: 'filming', startedAtMs: 500_000 },
  ...{ seconds: 60, ownSeconds: 60, safeSeconds: 0, copies: 0, holders: [], parts: ['second'] },
  ...{ reason: null, failure: null, preEventMs: 0 }
} satisfies FilmingState

test('What the engine cannot take yet is told again, what it refuses is not', (t) => {
  t.ok(['ENGINE_GONE', 'BAD_STATE', 'DEVICE_LOCKED', 'STORAGE_FULL'].every(dueAgain))
  t.alike(['BAD_INPUT', 'NOT_ALLOWED', 'INTERNAL'].map(dueAgain), [false, false, false])
})

test('Free text is no quick tag', (t) => {
  t.ok(QUICK_TAGS.every(isQuick))
  t.absent(isQuick(null))
  t.absent(isQuick('person'))
})

test('What is noted of a film that the engine has not, or not yet, waits as long as any of it may come', (t) => {
  t.is(wayOf(noted, nothing, 3000, 0), null)
  t.is(wayOf(noted, { ...nothing, recordings: ['first'] }, 3000, 0), null, 'it began anew')
  t.alike(wayOf(noted, { ...nothing, isOver: true }, 3000, 0), { kind: 'none' })
})

test('What is noted goes into the film that runs, dated back to its moment', (t) => {
  const film = { now, recordings: ['second'], isOver: false }
  t.alike(wayOf(noted, film, 3000, 0), { kind: 'film', filming: 'h', agoMs: 2000 })
})

test('What is noted of a film that is over is said of it, at its moment', (t) => {
  const over = { now: { ...now, phase: 'over' as const }, recordings: ['second'], isOver: true }
  const said = { kind: 'afterwards', recording: 'second' }
  t.alike(wayOf(noted, over, 3000, 0), { ...said, seconds: 7 })
  const anew = { ...over, recordings: ['first', 'second'] }
  t.alike(wayOf(noted, anew, 3000, 513_000), { ...said, seconds: 11 }, 'of the film it is said of')
  const left = { now: null, recordings: ['second'], isOver: true }
  t.alike(wayOf(noted, left, 3000, 0), { ...said, seconds: 7 }, 'the engine was started anew')
})
