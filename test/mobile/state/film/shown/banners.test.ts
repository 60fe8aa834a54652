import test from 'brittle'
import { bannersFor, type Conditions } from '../../../../../mobile/ui/state/film/shown/banners.ts'

const fine: Conditions = {
  connected: true,
  denied: false,
  refused: false,
  locked: false,
  cutOff: false,
  diskFull: false,
  cameraLost: false,
  microphoneLost: false,
  hidden: false,
  droppedUs: 0,
  batteryPercent: 80,
  charging: false,
  clockJumped: false,
  droppedFrames: 0,
  lowQuality: false
}

test('Where all is well nothing is said', (t) => {
  t.alike(bannersFor(fine), [])
})

test('The gravest comes first, and no more than two are shown', (t) => {
  const all = {
    ...fine,
    connected: false,
    cameraLost: true,
    microphoneLost: true,
    batteryPercent: 5
  }
  t.alike(
    bannersFor(all).map(({ name }) => name),
    ['engine-gone', 'camera-lost']
  )
})

test('A battery that charges, or is not told, is not low', (t) => {
  t.is(bannersFor({ ...fine, batteryPercent: 10 })[0]?.name, 'battery-low')
  t.alike(bannersFor({ ...fine, batteryPercent: 10, charging: true }), [])
  t.alike(bannersFor({ ...fine, batteryPercent: null }), [])
})

test('Who is cut off while filming is told that nobody takes it, whatever else is wrong', (t) => {
  const all = { ...fine, cutOff: true, cameraLost: true, hidden: true, clockJumped: true }
  t.is(bannersFor(all)[0]?.name, 'cut-off')
})
