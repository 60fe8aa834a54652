import test from 'brittle'
import type { RecordingState } from '../../../core/api/contract.ts'
import { filmList, orderOf } from '../../../mobile/ui/state/film-list.ts'

const films = {
  old: film('old', 1, 'sealed'),
  new: film('new', 3, 'sealed'),
  live: film('live', 2, 'live')
}

test('A list that is looked at keeps its order, and counts what has come since', (t) => {
  const { shown, newer } = filmList(films, ['old', 'new'])
  t.alike(shown, [films.old, films.new])
  t.is(newer, 1)
})

test('A film that ends stays where it was in the list', (t) => {
  const order = orderOf(films)
  const ended = { ...films, live: film('live', 2, 'sealed') }
  t.alike(order, ['live', 'new', 'old'])
  t.alike(filmList(ended, order).shown, [ended.live, films.new, films.old])
})

test('What is not known for a moment comes back to its place', (t) => {
  const { live, ...rest } = films
  t.is(filmList(rest, orderOf(films)).newer, 0)
  t.is(filmList({ ...rest, live }, orderOf(films)).shown[0], live)
})

function film(recording: string, startedAtMs: number, phase: string): RecordingState {
  return { recording, startedAtMs, phase } as RecordingState
}
