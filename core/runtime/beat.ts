// What is looked at again and again, in step: one timer for the whole process. Waking a processor costs
// more than most looks do, so that ten devices' worth of timers, each at its own moment, empty a battery.
// Must never: be used for what has to happen at a certain moment.

/** The shortest beat, ms; every other is a multiple of it. */
const TICK_MS = 250

const running = new Set<Beat>()
let timer: Timer | null = null
let ticks = 0
let tickedAtMs = 0
let lateMs = 0

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
    tickedAtMs = Date.now()
    lateMs = 0
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
 * By how much the last tick came too late, ms: this process has more to do than it can, or its machine has, or
 * both were asleep. Who is late itself cannot tell whether others are. 0 where nothing beats.
 */
export function latenessMs(): number {
  return lateMs
}

function tick(): void {
  const nowMs = Date.now()
  lateMs = Math.max(0, nowMs - tickedAtMs - TICK_MS)
  tickedAtMs = nowMs
  ticks++
  for (const beat of [...running]) if (running.has(beat)) beat.onTick(ticks)
}
