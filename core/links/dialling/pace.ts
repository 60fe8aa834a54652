// How much a device that is late itself takes on, and how long it waits for others. Pure.
//
// Whoever has more to do than it can answers late, so that others take it for gone, and takes others for
// gone. To dial is work at both ends, and a dial that is given up while the other end is at it is work for
// nothing: without this rule fifty devices on two processors had their processors full of dials, hellos and
// links that were taken for dead, for as long as they ran.

import { timesAsLong } from '../../runtime/beat.ts'

/** Dials under way at once where there is time: a dial through the DHT costs a score of packets. */
const PARALLEL = 6

export interface Pace {
  /** Dials under way at once. */
  parallel: number
  /** So many times as long as usual before the next dial, and for an answer. */
  times: number
}

/** @param strainMs by how much this process is late, on average (runtime/beat.ts) */
export function paceOf(strainMs: number): Pace {
  const times = timesAsLong(strainMs)
  return { parallel: Math.max(1, Math.floor(PARALLEL / times)), times }
}
