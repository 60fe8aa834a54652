import test from 'brittle'
import type { CircleState, FilmingState, HolderItem } from '../../../../core/api/contract.ts'
import {
  circlesToFilmIn,
  circleToFilmIn,
  nextCircle
} from '../../../../mobile/ui/state/film/circle-choice.ts'
import { clockText } from '../../../../mobile/ui/state/film/clock-text.ts'
import { outcomeOf } from '../../../../mobile/ui/state/film/outcome.ts'
import { asPlaceChoice, coarse } from '../../../../mobile/ui/state/film/place.ts'
import { onlineOf } from '../../../../mobile/ui/state/film/readiness.ts'

const device = { phase: 'ready' as const, locked: false }

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

test('Those are ready who are linked, take more, and are no strangers', (t) => {
  const circles = { a: circle([member('x', true), member('y', true, true), member('z', false)]) }
  t.alike(onlineOf({ device, circles }, 'open'), { kind: 'online', online: 1 })
  t.is(onlineOf({ device, circles: { a: circle([member('z', false)]) } }, 'open').kind, 'nobody')
  t.is(onlineOf({ device, circles: { a: circle([]) } }, 'open').kind, 'alone')
  t.is(onlineOf({ device, circles }, 'lost').kind, 'lost')
  t.is(onlineOf(null, 'connecting').kind, 'waiting')
})

test('Nobody is ready for a device that was cut off, and it is told so', (t) => {
  const out = { ...circle([member('x', true)]), state: 'cut-off' as const }
  t.alike(onlineOf({ device, circles: { a: out } }, 'open'), { kind: 'cut-off', online: 0 })
  const another = circle([member('z', true)])
  t.is(onlineOf({ device, circles: { a: out, b: another } }, 'open').kind, 'online')
  t.is(
    onlineOf({ device, circles: { a: { ...out, state: 'unconfirmed' } } }, 'open').kind,
    'cut-off'
  )
})

test('A locked device says that it is locked, and not that nobody is there', (t) => {
  const locked = { ...device, locked: true }
  t.is(onlineOf({ device: locked, circles: {} }, 'open').kind, 'locked')
  const sealed = { ...locked, phase: 'sealed' as const }
  t.is(onlineOf({ device: sealed, circles: {} }, 'open').kind, 'sealed', 'it takes nothing yet')
  t.is(onlineOf({ device: locked, circles: {} }, 'lost').kind, 'lost')
})

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

test('A device that is in two circles counts once', (t) => {
  const circles = { a: circle([member('x', true)]), b: circle([member('x', true)]) }
  t.is(onlineOf({ device, circles }, 'open').online, 1)
})

test('A coarse place is the same for all of its square, and says how coarse it is', (t) => {
  const here = coarse({ latitude: 48.85661, longitude: 2.35222, accuracyM: 5 })
  t.alike(here, { latitude: 48.86, longitude: 2.35, accuracyM: 800 })
  t.alike(coarse({ latitude: 48.8599, longitude: 2.3501, accuracyM: 9 }), here)
  t.is(coarse({ latitude: 0, longitude: 0, accuracyM: 5000 }).accuracyM, 5000)
  t.is(asPlaceChoice('nonsense'), 'off')
})

test('Times are read like a clock', (t) => {
  t.alike([7.9, 754, 3723].map(clockText), ['0:07', '12:34', '1:02:03'])
})

const filming = { ownSeconds: 60, safeSeconds: 30, holders: [] } as unknown as FilmingState

function holder(seconds: number, all: boolean): HolderItem {
  return { seconds, all } as HolderItem
}

function circle(members: object[]): CircleState {
  return { members: [{ self: true, state: 'active', online: true }, ...members] } as CircleState
}

function member(device: string, online: boolean, full = false): object {
  return { device, online, full, self: false, state: 'active' }
}
