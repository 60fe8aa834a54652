import test from 'brittle'
import type { DevicePhase, WipedState } from '../../../../core/api/contract.ts'
import { faceOf } from '../../../../mobile/ui/state/device/face.ts'

const WIPED: WipedState = { notSafe: [], kept: null, unread: null, left: false }

test('What shows films and people is open for a device that is there and unlocked alone', (t) => {
  const faces: [DevicePhase, boolean, string][] = [
    ['ready', false, 'open'],
    ['ready', true, 'locked'],
    ['sealed', true, 'locked'],
    ['opening', false, 'waiting'],
    ['failed', false, 'failed'],
    ['wiped', false, 'wiped']
  ]
  for (const [phase, locked, face] of faces) {
    t.is(faceOf({ device: { phase, locked }, wiped: null }), face, `${phase} ${locked}`)
  }
  t.is(faceOf(null), 'open', 'before the engine has said anything, each screen says that it waits')
})

test('A device that was wiped stays so while what it left is deleted', (t) => {
  const device = { phase: 'opening' as const, locked: false }
  t.is(faceOf({ device, wiped: WIPED }), 'wiped')
})
