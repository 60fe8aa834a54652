import test from 'brittle'
import type { CircleState } from '../../../../../core/api/contract.ts'
import {
  circlesToFilmIn,
  circleToFilmIn,
  nextCircle
} from '../../../../../mobile/ui/state/film/shown/circle-choice.ts'

test('Of several circles the one is filmed for that somebody chose, else where most can be reached', (t) => {
  const named = (name: string, others: object[]): CircleState => ({
    ...circle(others),
    ...{ circle: name, role: 'organiser', state: 'active' }
  })
  const far = named('far', [member('x', false), member('y', false)])
  const near = named('near', [member('x', true)])
  const out = { ...named('out', [member('z', true), member('w', true)]), state: 'cut-off' as const }
  const able = circlesToFilmIn({ far, near, out })
  t.alike(
    able.map((one) => one.circle),
    ['near', 'far'],
    'none that this device was cut off from'
  )
  t.is(circleToFilmIn(able, null), 'near')
  t.is(circleToFilmIn(able, 'far'), 'far')
  t.is(circleToFilmIn(able, 'out'), 'near')
  t.is(circleToFilmIn([], null), null, 'the engine makes one')
  t.is(nextCircle(able, 'far'), 'near')
})

function circle(members: object[]): CircleState {
  return { members: [{ self: true, state: 'active', online: true }, ...members] } as CircleState
}

function member(device: string, online: boolean, full = false): object {
  return { device, online, full, self: false, state: 'active' }
}
