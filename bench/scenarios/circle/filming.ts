// Who films: one member after another, each for less than a minute. A film costs every device of the circle,
// and all of them share this machine: with two at a time, or a faster one, they would measure its limit. Where
// they are more than thirty the film is a small one: what is measured is what the circle costs beside it.

import { nowMs, sleep } from '../../lib/clock.ts'
import { seeded } from '../../../test/helpers/random.ts'
import type { Random } from '../../../test/helpers/random.ts'
import type { Crowd } from '../../rigs/crowd.ts'
import type { Made } from '../../roles/member.ts'

const BITS_PER_SECOND = 1_000_000
const BITS_PER_SECOND_FOR_MANY = 300_000
const MANY = 30
export const ENTRY_MS = 1000
const SHORTEST_S = 20
const LONGEST_S = 60
const BETWEEN_MS = 10_000

export class Filming {
  /** What was filmed, and how many blocks that are. */
  readonly made: Made[] = []
  films = 0
  seconds = 0
  readonly bitsPerSecond: number
  readonly #crowd: Crowd
  readonly #random: Random = seeded(50)

  constructor(crowd: Crowd, devices: number) {
    this.#crowd = crowd
    this.bitsPerSecond = devices > MANY ? BITS_PER_SECOND_FOR_MANY : BITS_PER_SECOND
  }

  async run(endMs: number): Promise<void> {
    while (nowMs() < endMs) {
      await this.one(Math.min(this.#length(), Math.max(1, (endMs - nowMs()) / 1000)))
      await sleep(BETWEEN_MS)
    }
  }

  /** A film by whoever is free. */
  async one(seconds: number): Promise<void> {
    const free = this.#crowd.here.filter(({ busy, index }) => !busy && index > 0)
    const author = this.#random.pick(free)
    author.busy = author.filming = true
    const startAtMs = nowMs() + 200
    const fragments = Math.ceil((seconds * 1000) / ENTRY_MS)
    const { bitsPerSecond } = this
    const plan = { startAtMs, fragments, entryMs: ENTRY_MS, bitsPerSecond }
    this.made.push(...(await author.role!.call('film', plan)))
    this.films++
    this.seconds += seconds
    author.busy = author.filming = false
  }

  #length(): number {
    return SHORTEST_S + this.#random.int(LONGEST_S - SHORTEST_S)
  }
}
