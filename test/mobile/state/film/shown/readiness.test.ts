import test from 'brittle'
import type { CircleState } from '../../../../../core/api/contract.ts'
import { onlineOf } from '../../../../../mobile/ui/state/film/shown/readiness.ts'

const device = { phase: 'ready' as const, locked: false }

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

test('Of a device that is not there nobody says that it is alone', (t) => {
  const of = (phase: 'opening' | 'failed') =>
    onlineOf({ device: { ...device, phase }, circles: {} }, 'open')
  t.is(of('opening').kind, 'waiting')
  t.is(of('failed').kind, 'failed')
})

test('A device that is in two circles counts once', (t) => {
  const circles = { a: circle([member('x', true)]), b: circle([member('x', true)]) }
  t.is(onlineOf({ device, circles }, 'open').online, 1)
})

function circle(members: object[]): CircleState {
  return { members: [{ self: true, state: 'active', online: true }, ...members] } as CircleState
}

function member(device: string, online: boolean, full = false): object {
  return { device, online, full, self: false, state: 'active' }
}
