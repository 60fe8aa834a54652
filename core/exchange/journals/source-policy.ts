// Whom to ask for entries of a journal that are missing here. Pure; time is an argument.
//
// Its author where it is linked, for it is about to tell of them itself; else one member that says it has
// them, and another where that one does not give. So an entry crosses each link at most once, and a member
// that claims what it has not costs a moment.

/** Without a single entry since, and some round trips: who was asked has nothing, or its line is dead. */
const NOTHING_CAME_MS = 1500
const ROUND_TRIPS = 4
/** Though some came: they may come one by one from somebody who could give them all. */
const NOT_ALL_CAME_MS = 5000
/** Then whoever was asked may be asked again: its channel may have been refused, or closed. */
const AGAIN_MS = 15_000

export interface Asking<Peer> {
  /** The author where it is linked, then those who say that they have what is missing. */
  candidates: readonly Peer[]
  /** When each was asked last, ms. */
  askedAtMs: ReadonlyMap<Peer, number>
  /** When an entry came last, ms; -Infinity where none has. */
  grewAtMs: number
  /** Of the link of whoever was asked last, and what this device is late by itself, ms. */
  rttMs: number
  nowMs: number
}

/** Whom to ask now; null to wait. */
export function whomToAsk<Peer>(asking: Asking<Peer>): Peer | null {
  const { candidates, askedAtMs, grewAtMs, rttMs, nowMs } = asking
  const lastMs = Math.max(-Infinity, ...askedAtMs.values())
  const patienceMs = NOTHING_CAME_MS + ROUND_TRIPS * rttMs
  const isGiven = nowMs - Math.max(lastMs, grewAtMs) < patienceMs
  if (isGiven && nowMs - lastMs < Math.max(patienceMs, NOT_ALL_CAME_MS)) return null
  const fresh = candidates.find((peer) => !askedAtMs.has(peer))
  if (fresh !== undefined) return fresh
  const [longest] = [...candidates].sort((a, b) => askedAtMs.get(a)! - askedAtMs.get(b)!)
  return longest !== undefined && nowMs - askedAtMs.get(longest)! >= AGAIN_MS ? longest : null
}
