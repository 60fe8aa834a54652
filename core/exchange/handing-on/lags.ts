// How long a device that follows has lacked what others have, however steadily something comes: a hop that
// pushes a block now and then is never silent, and its followers fall ever further behind. And whom they
// left for that, until it shows who was wrong: what others say they have may be a lie as well.
// Time is an argument.
// Must never: find anybody guilty on a word; only who gave what was lacking has shown that it was there.

import type { Replica } from '../../replica/replica.ts'
import type { Peer } from '../members/peer.ts'

/**
 * Longer than the news of a block (every 3 s: store/hypercore/news/hush.ts) is ahead of it on any line that
 * keeps up. Twice as long with every change that did not help: then it is our own line.
 */
const PATIENCE_MS = 3000
const LONGEST_MS = 60_000
/** Who takes the place of somebody has so long to give what that one did not. */
export const TRIAL_MS = 2000
/** Lengths remembered for one recording: one for every few seconds that it is behind. */
const MAX_MARKS = 16

interface Lag {
  /** Lengths that others were known to have, and since when; growing, each more than is here. */
  marks: { length: number; atMs: number }[]
  patienceMs: number
  /** Left behind `length`, which somebody else is to give us. */
  suspects: { peer: Peer; length: number; untilMs: number }[]
}

export class Lags {
  readonly #all = new WeakMap<Replica, Lag>()

  /**
   * How long what is missing has been known to be there; 0 where nothing is missing.
   * @param known the most that is known to be there by what others say
   */
  lagMs(replica: Replica, known: number, nowMs: number): number {
    const lag = this.#of(replica)
    const { marks } = lag
    while (marks.length > 0 && marks[0]!.length <= replica.arrived) marks.shift()
    while (marks.length > 0 && marks.at(-1)!.length > known) marks.pop() // its word counts no longer
    const most = marks.at(-1)?.length ?? replica.arrived
    if (known > most && marks.length < MAX_MARKS) marks.push({ length: known, atMs: nowMs })
    if (marks.length === 0) lag.patienceMs = PATIENCE_MS
    return marks.length === 0 ? 0 : nowMs - marks[0]!.atMs
  }

  /** How long it may be so before somebody else is tried. */
  patienceMs(replica: Replica): number {
    return this.#of(replica).patienceMs
  }

  /** Whom we followed is left, for somebody else is known to have what it did not give. */
  leaves(replica: Replica, peer: Peer, nowMs: number): void {
    const lag = this.#of(replica)
    const { marks, suspects, patienceMs } = lag
    const length = marks[0]?.length ?? replica.arrived + 1
    suspects.push({ peer, length, untilMs: nowMs + TRIAL_MS + 2 * peer.link.rttMs })
    lag.patienceMs = Math.min(LONGEST_MS, 2 * patienceMs)
    for (const mark of marks) mark.atMs = nowMs
  }

  /** True while somebody else has its turn to show that it was wrong. */
  isSuspect(replica: Replica, peer: Peer, nowMs: number): boolean {
    const suspects = this.#all.get(replica)?.suspects ?? []
    return suspects.some((one) => one.peer === peer && one.untilMs > nowMs)
  }

  /** Those who did not give what somebody else has given since, in time; each is named once. */
  guilty(replica: Replica, nowMs: number): Peer[] {
    const lag = this.#all.get(replica)
    if (lag === undefined || lag.suspects.length === 0) return []
    const standing = lag.suspects.filter(({ untilMs }) => untilMs > nowMs)
    const found = standing.filter(({ length }) => length <= replica.arrived)
    lag.suspects = standing.filter((one) => !found.includes(one))
    if (found.length > 0) lag.patienceMs = PATIENCE_MS
    return found.map(({ peer }) => peer)
  }

  /** Who said to have it does not give it: whoever was left on its word is as good as before. */
  clear(replica: Replica): void {
    const lag = this.#of(replica)
    lag.suspects = []
    lag.patienceMs = PATIENCE_MS
  }

  #of(replica: Replica): Lag {
    const known = this.#all.get(replica)
    if (known) return known
    const lag = { marks: [], patienceMs: PATIENCE_MS, suspects: [] }
    this.#all.set(replica, lag)
    return lag
  }
}
