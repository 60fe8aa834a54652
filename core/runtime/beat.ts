// What is looked at again and again, in step: one timer for the whole process. Waking a processor costs
// more than most looks do, so that ten devices' worth of timers, each at its own moment, empty a battery.
// Must never: be used for what has to happen at a certain moment.

import { systemClock } from './clock.ts'

/** The shortest beat, ms; every other is a multiple of it. */
const TICK_MS = 250
/** Part that the newest tick has in the strain: a pause of a second is forgotten after a second or two. */
const NEWEST = 1 / 8
/** No tick counts as later than this: who was asleep for an hour is not busy. */
const MOST_LATE_MS = 4000

/** Late by so much on average, everything takes twice as long. */
const TWICE_MS = 200
const MOST_TIMES = 6

/** Setting the wall clock makes nobody late. */
const clock = systemClock()
const running = new Set<Beat>()
let timer: Timer | null = null
let ticks = 0
let tickedAtMs = 0
let lateMs = 0
let meanLateMs = 0

export class Beat {
  readonly #turns: number
  readonly #look: () => void

  /** @param everyMs a multiple of 250 */
  constructor(everyMs: number, look: () => void) {
    this.#turns = everyMs / TICK_MS
    this.#look = look
  }

  start(): void {
    running.add(this)
    if (timer !== null) return
    timer = setInterval(tick, TICK_MS)
    tickedAtMs = clock.monotonicMs()
    lateMs = 0
    meanLateMs = 0
  }

  stop(): void {
    running.delete(this)
    if (running.size > 0) return
    clearInterval(timer)
    timer = null
  }

  /** One that throws does not keep the others from looking. @param tick how many there were */
  onTick(tick: number): void {
    if (tick % this.#turns !== 0) return
    try {
      this.#look()
    } catch (err) {
      queueMicrotask(() => {
        throw err
      })
    }
  }
}

/**
 * By how much the last tick came too late, or the next is by now, ms: this process has more to do than it can,
 * or its machine has, or both were asleep. Who is late itself cannot tell whether others are. 0 where nothing
 * beats.
 */
export function latenessMs(): number {
  return timer === null ? 0 : Math.max(lateMs, clock.monotonicMs() - tickedAtMs - TICK_MS)
}

/**
 * By how much ticks of late came too late, on average, ms: a moment's pause is none, more work than this
 * process gets done is. What can wait, or was begun only because something was late, waits while this is high.
 */
export function strainMs(): number {
  return meanLateMs
}

/**
 * So many times as long as usual waits what can wait, and is waited for others, 1 where there is time. Late by
 * `TWICE_MS` on average, everything takes twice as long.
 */
export function timesAsLong(lateMs: number = strainMs()): number {
  return Math.min(MOST_TIMES, 1 + lateMs / TWICE_MS)
}

function tick(): void {
  const nowMs = clock.monotonicMs()
  lateMs = Math.max(0, nowMs - tickedAtMs - TICK_MS)
  meanLateMs += NEWEST * (Math.min(lateMs, MOST_LATE_MS) - meanLateMs)
  tickedAtMs = nowMs
  ticks++
  for (const beat of [...running]) if (running.has(beat)) beat.onTick(ticks)
}
