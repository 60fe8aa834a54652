// Who could have a film that began now. Pure.

import type { CircleState } from '../../../../core/api/contract.ts'

export interface Readiness {
  /** `alone`: no circle with anybody else. `nobody`: others, and none is linked. */
  kind: 'waiting' | 'denied' | 'lost' | 'alone' | 'nobody' | 'online'
  /** Other devices that are linked and take more. */
  online: number
}

/** @param circles null before the engine has said anything */
export function onlineOf(
  circles: Record<string, CircleState> | null,
  connection: 'connecting' | 'open' | 'lost' | 'denied'
): Readiness {
  if (connection === 'denied' || connection === 'lost') return { kind: connection, online: 0 }
  if (circles === null) return { kind: 'waiting', online: 0 }
  const others = Object.values(circles).flatMap(({ members }) =>
    members.filter(({ self, state }) => !self && state === 'active')
  )
  if (others.length === 0) return { kind: 'alone', online: 0 }
  const linked = others.filter(({ online, full }) => online && !full)
  const online = new Set(linked.map(({ device }) => device)).size
  return { kind: online > 0 ? 'online' : 'nobody', online }
}
