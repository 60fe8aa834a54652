// Who has misused a link, and for how long it is kept out: longer each time, and forgotten after a good
// while. Pure: time is an argument.

import { hex } from '../../encoding/hex.ts'
import type { DeviceKey } from '../../types/keys.ts'

/** Short at first: it may have been a mistake of an honest device in the middle of a film. */
const FIRST_OUT_MS = 5000
const MOST_OUT_MS = 60 * 60_000
/** Times it is kept out longer than the time before. */
const GROWTH = 4
/** Whoever behaves for so long after it was let in again starts anew. */
const FORGOTTEN_AFTER_MS = 6 * 60 * 60_000

interface Offender {
  times: number
  untilMs: number
}

export class Misconduct {
  readonly #offenders = new Map<string, Offender>()

  /** It misused a link once more. @returns how long it is kept out, ms */
  note(device: DeviceKey, nowMs: number): number {
    const id = hex(device)
    const before = this.#offenders.get(id)
    const isForgotten = before === undefined || nowMs - before.untilMs > FORGOTTEN_AFTER_MS
    const times = isForgotten ? 1 : before.times + 1
    const outMs = Math.min(MOST_OUT_MS, FIRST_OUT_MS * GROWTH ** Math.min(times - 1, 16))
    this.#offenders.set(id, { times, untilMs: nowMs + outMs })
    return outMs
  }

  isOut(device: DeviceKey, nowMs: number): boolean {
    const offender = this.#offenders.get(hex(device))
    return offender !== undefined && nowMs < offender.untilMs
  }
}
