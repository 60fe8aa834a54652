// How a replica gets its blocks at this moment: pushed by one upstream, or fetched from anyone. Never
// both, which would send everything twice. Pure; time is an argument.
//
// Push saves a round trip for every block, but a block that is lost for good would never be missed:
// so a gap that stays is fetched. Measured with stock parts at 60 ms: 395 ms by request, 160 ms by push.

/** A gap our own upstream knows of: it announces a block only after it pushed it on the same stream. */
const UPSTREAM_GAP_MS = 150
/** A gap that only other holders know of: the push may still be on a slow line. */
const OTHER_GAP_MS = 1000

export type Mode = 'pull' | 'push'

export interface FollowFacts {
  mode: Mode
  /** Blocks held without a hole. */
  ownLength: number
  /** True where a seal is held, or the recording is known to be over. */
  ended: boolean
  /** Longest length anyone linked announces. */
  bestLength: number
  /** What the upstream announces; -1 where there is none. */
  upstreamLength: number
  /** Time since a block arrived or the mode changed, ms. */
  quietMs: number
  /** Round trip to the upstream, ms. */
  rttMs: number
}

/** What to do now; null for nothing. */
export function decideMode(facts: FollowFacts): Mode | null {
  const caughtUp = facts.ownLength >= facts.bestLength
  if (facts.mode === 'pull') {
    return caughtUp && !facts.ended && facts.upstreamLength >= 0 ? 'push' : null
  }
  if (facts.upstreamLength < 0) return 'pull'
  if (caughtUp) return null
  const patienceMs =
    facts.upstreamLength > facts.ownLength
      ? UPSTREAM_GAP_MS + facts.rttMs
      : OTHER_GAP_MS + 2 * facts.rttMs
  return facts.quietMs > patienceMs ? 'pull' : null
}
