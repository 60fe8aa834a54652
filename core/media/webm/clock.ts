// When a block is shown and for how long. SimpleBlocks do not say how long: the track's default
// duration tells, else the distance of the two frames before, which is right for all but a camera
// that changes its pace. Times are all this knows; cuts are decided elsewhere.

import { damaged } from '../bytes.ts'
import type { Span } from '../grouping.ts'
import type { Block } from './block.ts'
import type { WebmTrack } from './init.ts'

// A longer distance is a pause, not the length of a frame.
const MAX_STEP_US = 250_000

interface Pace {
  frameUs: number
  lastUs: number | null
  stepUs: number
}

export class BlockClock {
  #tickUs: number
  #paces = new Map<number, Pace>()

  /** @param scaleNs nanoseconds a tick */
  constructor(tracks: WebmTrack[], scaleNs: number) {
    this.#tickUs = scaleNs / 1000
    for (const { id, frameUs } of tracks) this.#paces.set(id, { frameUs, lastUs: null, stepUs: 0 })
  }

  /** Null for a track the header did not name. */
  span(block: Block, clusterTicks: number): Span | null {
    const pace = this.#paces.get(block.track)
    if (!pace) return null
    const startUs = Math.max(0, this.#toUs(clusterTicks + block.offsetTicks))
    const step = pace.lastUs === null ? 0 : startUs - pace.lastUs
    if (step > 0) pace.stepUs = Math.min(step, MAX_STEP_US)
    pace.lastUs = startUs
    const endUs = startUs + this.#lengthUs(block, pace)
    if (!Number.isSafeInteger(endUs)) throw damaged('a block claims an impossible time')
    return { track: block.track, startUs, endUs, key: block.key }
  }

  #lengthUs(block: Block, pace: Pace): number {
    if (block.durationTicks !== null) return this.#toUs(block.durationTicks)
    return Math.round(pace.frameUs) || pace.stepUs
  }

  #toUs(ticks: number): number {
    return Math.round(ticks * this.#tickUs)
  }
}
