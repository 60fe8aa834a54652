// Which holders of a film write their receipts for it into their journals first. Every entry goes to every
// member by itself: where fifty hold a film, fifty entries to fifty members are more messages than the film.
// A few dated statements at once are what a trial needs; those of all others follow, gathered.

import type { DeviceKey, RecordingKey } from '../../types/keys.ts'

/** In a circle of so many holders everybody writes at once. */
export const FIRST_WRITERS = 12

/**
 * True where fewer than twelve of the others are nearer to the film than this device, by the exclusive or of
 * their keys, as in Kademlia (Maymounkov and Mazières, 2002): who sees the same members comes to the same
 * twelve without a word, and each film has others. Pure.
 *
 * @param others linked members that may hold it, its author left out
 */
export function writesFirst(
  recording: RecordingKey,
  self: DeviceKey,
  others: readonly DeviceKey[]
): boolean {
  if (others.length < FIRST_WRITERS) return true
  const nearer = others.filter((other) => isNearer(recording, other, self))
  return nearer.length < FIRST_WRITERS
}

function isNearer(to: Uint8Array, a: Uint8Array, b: Uint8Array): boolean {
  const at = a.findIndex((byte, i) => byte !== b[i])
  return at !== -1 && (a[at]! ^ to[at]!) < (b[at]! ^ to[at]!)
}
