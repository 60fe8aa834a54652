import test from 'brittle'
import type { RecordingState } from '../../../core/api/contract.ts'
import { inOrder, sameMoment, unread, wholeCopies } from '../../../mobile/ui/state/films.ts'

const names = (films: RecordingState[]): string[] => films.map(({ recording }) => recording)

test('What runs now comes first, then the newest', (t) => {
  const films = all([
    film('old', { startedAtMs: 1 }),
    film('live', { startedAtMs: 2, phase: 'live' }),
    film('new', { startedAtMs: 3 })
  ])
  t.alike(names(inOrder(films)), ['live', 'new', 'old'])
})

test('Only films of which nothing has been gathered yet have to be read', (t) => {
  t.alike(unread([film('known', {}), film('unread', { read: false })]), ['unread'])
})

test('Films of one moment are those that ran at the same time and can be opened', (t) => {
  const mine = film('mine', { startedAtMs: 10_000, seconds: 10 })
  const films = all([
    mine,
    film('before', { startedAtMs: 0, seconds: 10 }),
    film('short', { startedAtMs: 18_000, seconds: 10 }),
    film('live', { startedAtMs: 12_000, phase: 'live' }),
    film('closed', { startedAtMs: 10_000, seconds: 10, readable: false })
  ])
  t.alike(names(sameMoment(films, mine, 30_000)), ['live', 'short'])
})

test('Only who signed for all of it is a whole copy', (t) => {
  const holders = [{ all: true }, { all: false }] as RecordingState['holders']
  t.is(wholeCopies(film('a', { holders })), 1)
})

function film(recording: string, more: Partial<RecordingState>): RecordingState {
  return {
    ...{ recording, circle: 'c', author: 'a', own: false, startedAtMs: 0, seconds: null },
    ...{ phase: 'sealed', reason: null, readable: null, afterRevocation: false, goesOnIn: null },
    ...{ filming: null, read: true, parts: [], holders: [], receipts: 0, ...more }
  } as RecordingState
}

function all(films: RecordingState[]): Record<string, RecordingState> {
  return Object.fromEntries(films.map((film) => [film.recording, film]))
}
