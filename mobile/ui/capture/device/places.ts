// Where the film is made, as far as its maker says: not at all, about (a kilometre), or exactly. Said with
// its accuracy, never finer than chosen.

import { effect, signal } from '@preact/signals'
import type { FilmSession } from '../film-session.ts'
import { call } from '../../engine/engine.ts'
import { coarse, type PlaceChoice, type Sampled } from '../../state/film/capture/place.ts'

/** Samples until the returned function is called. Silence where the device knows no place. */
export function followPlace(session: FilmSession, choice: PlaceChoice): () => void {
  if (choice === 'off' || !('geolocation' in navigator)) return () => {}
  const place = signal<Sampled | null>(null)
  const id = navigator.geolocation.watchPosition(
    ({ coords }) => (place.value = asChosen(coords, choice)),
    () => (place.value = null),
    { enableHighAccuracy: choice === 'exact' }
  )
  // Also when the engine has given the film a name, or another one.
  const stop = effect(() => {
    const said = place.value
    if (session.handle.value === null) return
    session.tell((filming) => call('film.place', { filming, place: said }))
  })
  return () => {
    navigator.geolocation.clearWatch(id)
    stop()
  }
}

function asChosen(coords: GeolocationCoordinates, choice: PlaceChoice): Sampled {
  const { latitude, longitude, accuracy } = coords
  const exact = { latitude, longitude, accuracyM: accuracy }
  return choice === 'exact' ? exact : coarse(exact)
}
