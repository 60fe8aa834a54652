// What this device is to whoever holds it: whether its screens may show films and people, and if not, what stands
// in their place. Pure.

import type { DeviceState, WipedState } from '../../../../core/api/contract.ts'

/**
 * `locked`: it asks for its passphrase. `waiting`: it is being opened, or wiped. `failed`: it could not be opened.
 * `wiped`: nothing of it is left here.
 */
export type Face = 'open' | 'locked' | 'waiting' | 'failed' | 'wiped'

/** What the engine says; null before it has said anything. */
export interface SaidOfDevice {
  device: Pick<DeviceState, 'locked' | 'phase'>
  wiped: WipedState | null
}

/** @returns `open` before the engine has said anything: each screen says by itself that it waits */
export function faceOf(said: SaidOfDevice | null): Face {
  if (said === null) return 'open'
  const { phase } = said.device
  if (said.wiped !== null || phase === 'wiped') return 'wiped' // also while what it left is deleted
  if (phase === 'failed') return 'failed'
  if (phase === 'opening') return 'waiting'
  return isLocked(said.device) ? 'locked' : 'open'
}

/** It shows nothing but that it films, until somebody gives its passphrase. */
export function isLocked({ locked, phase }: Pick<DeviceState, 'locked' | 'phase'>): boolean {
  return phase === 'sealed' || (phase === 'ready' && locked)
}
