// Who could have a film that began now. Pure.

import type { CircleState, DeviceState } from '../../../../../core/api/contract.ts'
import { isLocked } from '../../device/face.ts'

export interface Readiness {
  /**
   * `alone`: no circle with anybody else. `nobody`: others, and none is linked. `locked`: it films and hands
   * on, and tells nobody who is there. `sealed`: locked since its start, it can take nothing yet. `failed`: it could
   * not be opened. `cut-off`: its circles have cut it off, and nobody takes its films.
   */
  kind:
    | 'waiting'
    | 'denied'
    | 'lost'
    | 'locked'
    | 'sealed'
    | 'failed'
    | 'cut-off'
    | 'alone'
    | 'nobody'
    | 'online'
  /** Other devices that are linked and take more. */
  online: number
}

/** What the engine says; null before it has said anything. */
export interface Said {
  device: Pick<DeviceState, 'locked' | 'phase'>
  circles: Record<string, CircleState>
}

export function onlineOf(
  said: Said | null,
  connection: 'connecting' | 'open' | 'lost' | 'denied'
): Readiness {
  if (connection === 'denied' || connection === 'lost') return none(connection)
  if (said === null) return none('waiting')
  if (isLocked(said.device)) return none(said.device.phase === 'sealed' ? 'sealed' : 'locked')
  if (said.device.phase !== 'ready') {
    return none(said.device.phase === 'failed' ? 'failed' : 'waiting')
  }
  const circles = Object.values(said.circles)
  const others = circles
    .filter(({ state }) => !isOut(state))
    .flatMap(({ members }) => members.filter(({ self, state }) => !self && state === 'active'))
  if (others.length === 0)
    return none(circles.some(({ state }) => isOut(state)) ? 'cut-off' : 'alone')
  const linked = others.filter(({ online, full }) => online && !full)
  const online = new Set(linked.map(({ device }) => device)).size
  return { kind: online > 0 ? 'online' : 'nobody', online }
}

function isOut(state: CircleState['state']): boolean {
  return state === 'cut-off' || state === 'unconfirmed'
}

function none(kind: Readiness['kind']): Readiness {
  return { kind, online: 0 }
}
