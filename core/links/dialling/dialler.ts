// Keeps trying to reach the devices it is told to, a few at a time, until each has a link; fewer, and less
// often, while this device has more to do than it can (pace.ts).
// Must never: dial at once where the other end has closed the link; who closed it dials when it wants to.

import { hex } from '../../encoding/hex.ts'
import { strainMs } from '../../runtime/beat.ts'
import type { DeviceKey } from '../../types/keys.ts'
import { backoffMs } from './backoff.ts'
import { paceOf } from './pace.ts'
import type { Pace } from './pace.ts'

/** A link that lived for so long was no mere opening and closing. */
const GOOD_LINK_MS = 3000
/** Failed dials that a loss counts as, where the other end closed the link: two seconds. */
const AFTER_YOU = 3

interface Target {
  device: DeviceKey
  attempts: number
  dialling: boolean
  timer: Timer | null
}

export interface DiallerOptions {
  /** Tries once; resolves true where a link was opened. */
  dial: (device: DeviceKey) => Promise<boolean>
  isLinked: (device: DeviceKey) => boolean
  /** By how much this process is late. @default that of its beat, on average */
  strainMs?: () => number
}

/** How a link ended. */
export interface Loss {
  livedMs: number
  /** The other end closed it, and is there. */
  byOther: boolean
}

export class Dialler {
  readonly #options: DiallerOptions
  readonly #targets = new Map<string, Target>()
  #running = 0
  #stopped = false

  constructor(options: DiallerOptions) {
    this.#options = options
  }

  /** The devices to stay linked with; others are dialled no more. */
  setTargets(devices: DeviceKey[]): void {
    const wanted = new Map(devices.map((device) => [hex(device), device]))
    for (const [id, target] of this.#targets) {
      if (wanted.has(id)) continue
      clearTimeout(target.timer)
      this.#targets.delete(id)
    }
    for (const [id, device] of wanted) {
      if (this.#targets.has(id)) continue
      this.#targets.set(id, { device, attempts: 0, dialling: false, timer: null })
    }
    this.#next()
  }

  /** Something changed for the better (a link lost, a new address): try again at once. */
  nudge(device: DeviceKey): void {
    const target = this.#targets.get(hex(device))
    if (target === undefined) return
    target.attempts = 0
    clearTimeout(target.timer)
    target.timer = null
    this.#next()
  }

  /**
   * A link was lost: dial again, at once where it was a good one, later where it closed on opening. Where the
   * other end closed it, that is either going away or dials itself: two dials that cross are one in vain.
   */
  lost(device: DeviceKey, { livedMs, byOther }: Loss): void {
    const target = this.#targets.get(hex(device))
    if (target === undefined) return
    const wasGood = livedMs >= GOOD_LINK_MS
    if (wasGood && !byOther) return this.nudge(device)
    if (wasGood) {
      target.attempts = AFTER_YOU
      return this.#waitFor(target)
    }
    // It can be reached, so it is never left alone for long: a second, as a full disk over there costs
    // one link after another until there is room.
    target.attempts = Math.min(target.attempts, 2)
    if (target.timer === null) this.#waitFor(target)
  }

  /** The link is there and dead: dials in spite of it. */
  redial(device: DeviceKey): void {
    const target = this.#targets.get(hex(device))
    if (target && !target.dialling && !this.#stopped) void this.#try(target)
  }

  stop(): void {
    this.#stopped = true
    for (const target of this.#targets.values()) clearTimeout(target.timer)
    this.#targets.clear()
  }

  #next(): void {
    for (const target of this.#targets.values()) {
      if (this.#stopped || this.#running >= this.#pace.parallel) return
      if (target.dialling || target.timer !== null) continue
      if (!this.#options.isLinked(target.device)) void this.#try(target)
    }
  }

  async #try(target: Target): Promise<void> {
    target.dialling = true
    this.#running++
    const linked = await this.#options.dial(target.device).catch(() => false)
    this.#running--
    target.dialling = false
    if (this.#stopped) return
    if (!linked && !this.#options.isLinked(target.device)) this.#waitFor(target)
    this.#next()
  }

  get #pace(): Pace {
    const { strainMs: strain = strainMs } = this.#options
    return paceOf(strain())
  }

  #waitFor(target: Target): void {
    if (this.#targets.get(hex(target.device)) !== target) return
    target.attempts++
    clearTimeout(target.timer)
    target.timer = setTimeout(
      () => {
        target.timer = null
        this.#next()
      },
      this.#pace.times * backoffMs(target.attempts, Math.random())
    )
  }
}
