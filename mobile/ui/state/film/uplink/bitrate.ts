// How much the encoder may spend. A film that arrives coarse is worth more than a fine one that does not:
// down at once when what is filmed piles up, up again slowly. Pure: time is an argument.

export interface BitrateInput {
  nowMs: number
  /** Media time that somebody is behind; null where nobody is there to hold it. */
  behindSeconds: number | null
  /** Waiting in the page for the engine. */
  waitingBytes: number
  /** Pictures that the encoder had no time for, since the last look. */
  dropped: number
  batteryPercent: number | null
  charging: boolean
}

export interface BitrateState {
  /** Place in `STEPS`. */
  step: number
  /** When it was last changed. */
  changedAtMs: number
}

export interface Spending {
  bitsPerSecond: number
  framesPerSecond: number
}

/** 720p: 300 kbit/s still shows a face and a plate near by, 2.5 Mbit/s one across the street. */
export const STEPS: readonly Spending[] = [
  { bitsPerSecond: 300_000, framesPerSecond: 15 },
  { bitsPerSecond: 600_000, framesPerSecond: 20 },
  { bitsPerSecond: 1_000_000, framesPerSecond: 30 },
  { bitsPerSecond: 1_500_000, framesPerSecond: 30 },
  { bitsPerSecond: 2_500_000, framesPerSecond: 30 }
]
export const FIRST_STEP = 3

const DOWN_AFTER_MS = 2000
const UP_AFTER_MS = 12_000
const BEHIND_SECONDS = 4
const NEAR_SECONDS = 1.5
/** About two seconds at 1.5 Mbit/s: the engine's own disk does not follow. */
const WAITING_BYTES = 400_000
const DROPPED = 10

export function nextBitrate(state: BitrateState, input: BitrateInput): BitrateState {
  const since = input.nowMs - state.changedAtMs
  const ceiling = highest(input)
  if (state.step > ceiling) return { step: ceiling, changedAtMs: input.nowMs }
  if (isTooMuch(input) && state.step > 0 && since >= DOWN_AFTER_MS) {
    return { step: state.step - 1, changedAtMs: input.nowMs }
  }
  if (isEasy(input) && state.step < ceiling && since >= UP_AFTER_MS) {
    return { step: state.step + 1, changedAtMs: input.nowMs }
  }
  return state
}

function isTooMuch({ behindSeconds, waitingBytes, dropped }: BitrateInput): boolean {
  const late = behindSeconds !== null && behindSeconds > BEHIND_SECONDS
  return late || waitingBytes > WAITING_BYTES || dropped > DROPPED
}

/** With nobody there the line says nothing: what was chosen first stays. */
function isEasy({ behindSeconds, waitingBytes, dropped }: BitrateInput): boolean {
  const near = behindSeconds !== null && behindSeconds < NEAR_SECONDS
  return near && waitingBytes < WAITING_BYTES / 4 && dropped === 0
}

/** A battery that is nearly empty films longer when it films less. */
function highest({ batteryPercent, charging }: BitrateInput): number {
  if (charging || batteryPercent === null || batteryPercent > 20) return STEPS.length - 1
  return batteryPercent > 10 ? 2 : 1
}
