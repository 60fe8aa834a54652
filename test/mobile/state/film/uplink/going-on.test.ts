import test from 'brittle'
import type { FilmingState } from '../../../../../core/api/contract.ts'
import { isGone } from '../../../../../mobile/ui/state/film/uplink/going-on.ts'

test('A film goes on in a new one where the engine ended it, settled or not, but for a full disk', (t) => {
  const film = (phase: string, reason: string | null) => ({ phase, reason }) as FilmingState
  t.ok(isGone(undefined, false))
  t.ok(isGone(film('ending', 'interrupted'), false), 'nobody is there to take the rest')
  t.ok(isGone(film('over', 'input-damaged'), false))
  t.absent(isGone(film('filming', null), false))
  t.absent(isGone(film('ending', null), false), 'why is not told yet')
  t.absent(isGone(film('ending', 'storage-full'), true), 'another would fare no better')
  t.ok(isGone(film('ending', 'storage-full'), false), 'there is room again')
})
