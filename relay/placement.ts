// Which of an operator's relays hold which circle: rendezvous hashing (Thaler and Ravishankar, 1998). Pure.
// A circle stays where it is when a relay is added or taken away, but for those that must move: about one
// in n. Nobody has to remember anything but the list of relays.

import b4a from 'b4a'
import { labelled } from '../core/identity/hash.ts'

/**
 * The relays for a circle, best first: the operator invites the first `copies` of them into it.
 * @param circle its key, z32 text
 * @param relays what the operator calls them; all of them, wherever this is asked
 */
export function relaysFor(circle: string, relays: readonly string[], copies: number): string[] {
  const weighed = [...new Set(relays)].map((relay) => ({ relay, weight: weightOf(relay, circle) }))
  weighed.sort((a, b) => b4a.compare(b.weight as any, a.weight as any))
  return weighed.slice(0, copies).map(({ relay }) => relay)
}

/** A name may hold anything: what separates it from the circle is no letter of z32. */
function weightOf(relay: string, circle: string): Uint8Array {
  return labelled('temoin/placement/1', b4a.from(`${circle}\n${relay}`))
}
