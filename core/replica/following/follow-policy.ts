// How a replica gets its blocks at this moment: pushed by one upstream, or fetched from anyone. Never
// both, which would send everything twice. Pure; time is an argument.
//
// Push saves a round trip for every block, but a block that is lost for good would never be missed:
// so a gap that stays is fetched. Measured with stock parts at 60 ms: 395 ms by request, 160 ms by push.

/** A gap our own upstream knows of: it announces a block only after it pushed it on the same stream. */
const UPSTREAM_GAP_MS = 150
/** A gap that other holders know of: the push may still be on a slow line. */
const OTHER_GAP_MS = 1000
/**
 * A gap that only the author knows of, while we follow somebody else: the blocks may be waiting in its
 * own slow line, and asking it for them would only fill that. Longer than the worst seen there (1.6 s).
 */
const AUTHOR_GAP_MS = 3000

export type Mode = 'pull' | 'push'

export interface FollowFacts {
  mode: Mode
  /** Blocks held without a hole. */
  ownLength: number
  /** True where a seal is held, or the recording is known to be over. */
  ended: boolean
  /** Longest length announced by anyone linked but the author. */
  bestLength: number
  /** What the author announces; -1 where it is not linked. */
  authorLength: number
  /** What the upstream announces, or the one that would be; -1 where there is none. */
  upstreamLength: number
  /** An upstream pushes only what comes after this; 0 where none said so. */
  owedLength: number
  /** Time since a block arrived, the mode changed, or the gap was first seen, ms. */
  quietMs: number
  /** How long others have been known to have what has not come, whatever came meanwhile; 0 for nothing, ms. */
  lagMs: number
  /** How long that may be, on a line without a delay. */
  lagPatienceMs: number
  /** Round trip to the upstream, ms. */
  rttMs: number
}

/** What to do now; null for nothing. Pushed already, `pull` means: not by this upstream any more. */
export function decideMode(facts: FollowFacts): Mode | null {
  const { mode, ownLength, ended, bestLength, upstreamLength, owedLength, quietMs } = facts
  const missesNothing = ownLength >= Math.max(bestLength, upstreamLength, owedLength)
  if (mode === 'pull') return missesNothing && !ended && upstreamLength >= 0 ? 'push' : null
  if (upstreamLength < 0) return 'pull'
  return quietMs > patienceMs(facts) ? 'pull' : null
}

/** Something comes from whom we follow, and too slowly for what others have: is it our line, or is it that one? */
export function isLate({ mode, lagMs, lagPatienceMs, rttMs }: FollowFacts): boolean {
  return mode === 'push' && lagMs > lagPatienceMs + 2 * rttMs
}

/** How long a gap may stay before it is done something about; for ever where there is none. */
function patienceMs(facts: FollowFacts): number {
  const { ownLength, bestLength, authorLength, upstreamLength, rttMs } = facts
  if (upstreamLength > ownLength) return UPSTREAM_GAP_MS + rttMs
  if (bestLength > ownLength) return OTHER_GAP_MS + 2 * rttMs
  if (authorLength > ownLength) return AUTHOR_GAP_MS + 2 * rttMs
  return Infinity
}
