// Which of two links to the same device to keep, decided alike on both ends. Pure.

import b4a from 'b4a'
import type { DeviceKey } from '../../types/keys.ts'

/** Two dials that cross take at most this long apart to open on both ends. */
const CROSSING_MS = 3000

export interface LinkFacts {
  openedAtMs: number
  /** True where this device dialled. */
  initiated: boolean
}

/**
 * True where `fresh` replaces `old`. Dials that crossed keep the one whose initiator has the lower key,
 * so both ends choose the same; otherwise the fresh one wins, for the other end only dials again
 * when it has lost the old one.
 */
export function replaces(
  fresh: LinkFacts,
  old: LinkFacts,
  self: DeviceKey,
  other: DeviceKey
): boolean {
  const crossed =
    fresh.initiated !== old.initiated && fresh.openedAtMs - old.openedAtMs < CROSSING_MS
  if (!crossed) return true
  const selfIsLower = b4a.compare(self as any, other as any) < 0
  return fresh.initiated === selfIsLower
}
