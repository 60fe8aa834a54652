import test from 'brittle'
import { asPlaceChoice, coarse } from '../../../../../mobile/ui/state/film/capture/place.ts'

test('A coarse place is the same for all of its square, and says how coarse it is', (t) => {
  const here = coarse({ latitude: 48.85661, longitude: 2.35222, accuracyM: 5 })
  t.alike(here, { latitude: 48.86, longitude: 2.35, accuracyM: 800 })
  t.alike(coarse({ latitude: 48.8599, longitude: 2.3501, accuracyM: 9 }), here)
  t.is(coarse({ latitude: 0, longitude: 0, accuracyM: 5000 }).accuracyM, 5000)
  t.is(asPlaceChoice('nonsense'), 'off')
})
