// Which encoded samples make one fragment. The picture leads: a fragment begins at each key frame, and
// else when the one before is about 250 ms long; sound that came meanwhile goes with it. Where the
// picture stands still (a camera that was taken away), or there is none, sound goes by itself.
// Pure; a sample waits for the next one, which tells how long it lasted.

import type { Sample } from './tracks.ts'

export interface GrouperOptions {
  /** There is a picture: sound waits for it, for a while. */
  video: boolean
  /** @default 250 */
  fragmentMs?: number
}

export interface Group {
  samples: Sample[]
  /** Decoding can start here. */
  key: boolean
  startUs: number
  endUs: number
}

/** Sound does not wait longer than this many fragments for a picture. */
const PATIENCE = 2

export class Grouper {
  readonly #video: boolean
  readonly #targetUs: number
  #pictures: Sample[] = []
  #sounds: Sample[] = []

  constructor({ video, fragmentMs = 250 }: GrouperOptions) {
    this.#video = video
    this.#targetUs = fragmentMs * 1000
  }

  /** The group that this sample closes, or null. */
  push(sample: Sample): Group | null {
    return sample.kind === 'video' ? this.#picture(sample) : this.#sound(sample)
  }

  /** What is left, at the end or before another init segment. */
  flush(): Group | null {
    return this.#close(Infinity)
  }

  #picture(sample: Sample): Group | null {
    const first = this.#pictures[0]
    const due = first !== undefined && (sample.key || this.#isLong(first.ptsUs, sample.ptsUs))
    const last = this.#pictures.at(-1)
    if (last) last.durationUs = Math.max(1, sample.ptsUs - last.ptsUs)
    const group = due ? this.#close(sample.ptsUs) : null
    this.#pictures.push({ ...sample })
    return group
  }

  #sound(sample: Sample): Group | null {
    this.#sounds.push(sample)
    const first = this.#sounds[0]!
    const endUs = sample.ptsUs + sample.durationUs
    if (!this.#video) return this.#isLong(first.ptsUs, endUs) ? this.#close(Infinity) : null
    const waited = endUs - first.ptsUs
    return waited > PATIENCE * this.#targetUs ? this.#close(Infinity) : null
  }

  /** Nearer to the target than one more sample like it would be. */
  #isLong(startUs: number, endUs: number): boolean {
    return endUs - startUs >= this.#targetUs - 1000
  }

  /** Everything that begins before `untilUs`. */
  #close(untilUs: number): Group | null {
    const sounds = this.#sounds.filter(({ ptsUs }) => ptsUs < untilUs)
    const samples = [...this.#pictures, ...sounds]
    if (samples.length === 0) return null
    const led = this.#pictures.length > 0
    const key = led ? this.#pictures[0]!.key : !this.#video
    this.#sounds = this.#sounds.slice(sounds.length)
    this.#pictures = []
    const startUs = Math.min(...samples.map(({ ptsUs }) => ptsUs))
    const endUs = Math.max(...samples.map(({ ptsUs, durationUs }) => ptsUs + durationUs))
    return { samples, key, startUs, endUs }
  }
}
