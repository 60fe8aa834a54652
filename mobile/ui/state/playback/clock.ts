// One clock for several films: the wall clock that each author's device claimed along its film. Claims
// differ by what those devices' clocks differed: nothing here can know better, and nothing pretends to.
// Pure.

import type { TimelineState } from '../../../../core/api/contract.ts'

export type Clocks = TimelineState['clocks']

/** Pictures of several films are held together within this; people do not see less. */
const TOGETHER_SECONDS = 0.12
const FAR_SECONDS = 1
/** As verify has it. */
const JUMP_MS = 5000

/** What the author's clock said at that moment of the film. */
export function wallOf(clocks: Clocks, startedAtMs: number, seconds: number): number {
  const near = nearest(clocks, (clock) => Math.abs(clock.seconds - seconds))
  if (near === null) return startedAtMs + seconds * 1000
  return near.atMs + (seconds - near.seconds) * 1000
}

/** Where in the film that clock said so; outside of it where the film was not running. */
export function secondsOf(clocks: Clocks, startedAtMs: number, wallMs: number): number {
  const near = nearest(clocks, (clock) => Math.abs(clock.atMs - wallMs))
  if (near === null) return (wallMs - startedAtMs) / 1000
  return near.seconds + (wallMs - near.atMs) / 1000
}

/** Where the author's clock was set while it filmed, or the device slept: seconds of the film. */
export function jumpsIn({ clocks, parts }: Pick<TimelineState, 'clocks' | 'parts'>): number[] {
  return clocks.flatMap((now, i) => {
    const before = clocks[i - 1]
    if (before === undefined || parts.some((part) => isBetween(part, before, now))) return []
    const movedMs = now.atMs - before.atMs - (now.steadyMs - before.steadyMs)
    return Math.abs(movedMs) < JUMP_MS ? [] : [now.seconds]
  })
}

/** How to bring a film to where the others are: not at all, by its rate, or by a jump. */
export function align(at: number, wanted: number): { rate: number } | { seek: number } {
  const late = wanted - at
  if (Math.abs(late) > FAR_SECONDS) return { seek: wanted }
  if (Math.abs(late) < TOGETHER_SECONDS) return { rate: 1 }
  return { rate: late > 0 ? 1.08 : 0.92 }
}

function nearest(clocks: Clocks, distance: (clock: Clocks[number]) => number) {
  let best: Clocks[number] | null = null
  for (const clock of clocks) {
    if (best === null || distance(clock) < distance(best)) best = clock
  }
  return best
}

/** Clocks of two parts may be those of two starts of the machine. */
function isBetween(
  { fromSeconds }: TimelineState['parts'][number],
  before: Clocks[number],
  now: Clocks[number]
): boolean {
  return before.seconds < fromSeconds && fromSeconds <= now.seconds
}
