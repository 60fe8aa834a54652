// What an author has seen of one linked member while it films: how soon it signs for what it is pushed,
// and how often it did not. Time is an argument.

import { AckClock } from '../../replica/receipts/ack-clock.ts'
import type { HopFacts } from '../../replica/following/first-hops.ts'
import type { Replica } from '../../replica/replica.ts'
import { isFullFor } from '../recordings/intake.ts'
import type { Peer } from '../members/peer.ts'

/** A hop that stalled is not chosen again for so long, the first time; doubled with every other. */
const FAILED_MS = 5000
const LONGEST_MS = 60_000

export class HopWatch {
  readonly #peer: Peer
  readonly #clock = new AckClock()
  /** Since when it has been a first hop, and when it last signed for anything new. */
  #sinceMs = 0
  #progressMs = 0
  #failedUntilMs = 0
  #failures = 0
  /** Films it has signed for before: the first receipt also took the opening of the recording there. */
  readonly #opened = new WeakSet<Replica>()

  constructor(peer: Peer) {
    this.#peer = peer
  }

  /** It is to be pushed to from now on. */
  begins(nowMs: number): void {
    this.#sinceMs = nowMs
  }

  /** It stalled, and somebody else takes its place. */
  fails(nowMs: number): void {
    this.#failedUntilMs = nowMs + Math.min(LONGEST_MS, FAILED_MS * 2 ** this.#failures++)
  }

  /** It signed for `length` blocks of our film. */
  acknowledged(replica: Replica, length: number, nowMs: number): void {
    const atMs = replica.published.atMs(length - 1)
    const isFirst = !this.#opened.has(replica)
    this.#progressMs = nowMs
    this.#opened.add(replica)
    if (isFirst || atMs === null || !replica.upstream.has(this.#peer.channel)) return
    this.#clock.sample(Math.max(0, nowMs - Math.max(atMs, this.#sinceMs)))
  }

  /** Age of the oldest block it has not signed for; 0 where it has all. */
  lagMs(films: Replica[], nowMs: number): number {
    const { device } = this.#peer
    const signedFor = films.map(({ receipts }) => receipts.lengthOf(device))
    return nowMs - (oldestOwed(films, signedFor) ?? nowMs)
  }

  /** What can be said of it now, as far as our films of this moment are concerned. */
  facts(films: Replica[], nowMs: number): Omit<HopFacts, 'id' | 'role' | 'isHop'> {
    const { link, room, channel, device } = this.#peer
    const signedFor = films.map(({ receipts }) => receipts.lengthOf(device))
    const oldest = oldestOwed(films, signedFor)
    const silentSinceMs = Math.max(oldest ?? 0, this.#sinceMs, this.#progressMs)
    return {
      isPushed: films.some(({ upstream }) => upstream.has(channel)),
      full: isFullFor(room, Math.max(0, ...signedFor)),
      near: link.near,
      relayed: link.relayed,
      rttMs: link.rttMs,
      ackMs: this.#clock.ackMs,
      stalledMs: oldest === null ? 0 : nowMs - silentSinceMs,
      patienceMs: this.#clock.patienceMs(link.rttMs),
      lagMs: oldest === null ? 0 : nowMs - oldest,
      failed: this.#failedUntilMs > nowMs
    }
  }
}

/** When the oldest block was handed over that is not signed for, ms; null where all are. */
function oldestOwed(films: Replica[], signedFor: number[]): number | null {
  const owed = films.map(({ published }, i) => published.atMs(signedFor[i]!))
  return owed.filter((atMs) => atMs !== null).sort((a, b) => a - b)[0] ?? null
}
