// How long one holder takes to sign for what is pushed to it, and so how long it may be silent before it
// counts as stalled: the retransmission timer of RFC 6298, on receipts in place of acknowledgements.

/** Shortest patience: with the beat of the watch, a stalled hop is replaced within a second. */
const SHORTEST_MS = 650
/** And the longest: on a line of 300 ms that loses a fifth of its packets, receipts take 2.4 s at worst. */
const LONGEST_MS = 5000
/** Before anything was measured: opening the recording there takes its time, too. */
const FIRST_MS = 800

export class AckClock {
  /** Smoothed delay from push to receipt; null before the first. */
  ackMs: number | null = null
  #deviationMs = 0

  sample(ms: number): void {
    if (this.ackMs === null) {
      this.ackMs = ms
      this.#deviationMs = ms / 2
      return
    }
    this.#deviationMs = 0.75 * this.#deviationMs + 0.25 * Math.abs(this.ackMs - ms)
    this.ackMs = 0.875 * this.ackMs + 0.125 * ms
  }

  /** @param rttMs round trip of the link, 0 where it is not known */
  patienceMs(rttMs: number): number {
    if (this.ackMs === null) return Math.min(LONGEST_MS, FIRST_MS + 3 * rttMs)
    const ms = this.ackMs + 4 * this.#deviationMs
    return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, ms, 2 * rttMs))
  }
}
