// What every member had used at every moment it was asked, as stretches of time between two such moments.

import { nowMs, sleepUntil } from '../../lib/clock.ts'
import type { Stretch } from '../../lib/report/rates.ts'
import { median } from '../../lib/report/stats.ts'
import type { Crowd, Sampled } from '../../rigs/crowd.ts'
import type { Sample } from '../../roles/member.ts'

export type Doing = 'quiet' | 'holding' | 'filming' | 'back'
/** The first so many ms after a start are its cost. */
const BACK_MS = 30_000

export class Diary {
  readonly stretches: Stretch<Sample>[] = []
  /** For each member that never went away: its samples. */
  readonly #whole = new Map<number, Sample[]>()
  readonly #crowd: Crowd
  #last = new Map<number, Sampled>()

  constructor(crowd: Crowd) {
    this.#crowd = crowd
  }

  async write(
    stage: 'quiet' | 'busy',
    endMs: number,
    everyMs: number,
    say: (line: string) => void
  ): Promise<void> {
    this.#take(await this.#crowd.sample(), null)
    while (nowMs() < endMs) {
      await sleepUntil(Math.min(endMs, nowMs() + everyMs))
      const sampled = await this.#crowd.sample()
      this.#take(sampled, stage)
      say(`circle: ${stage}, ${tell(sampled)}`)
    }
  }

  /** MiB gained between the first minute of filming and the end, of those who were here all the time. */
  get growthMiB(): number[] {
    return [...this.#whole.values()]
      .filter((samples) => samples.length > 12)
      .map((samples) => samples.at(-1)!.residentMiB - samples[12]!.residentMiB)
  }

  /** @param stage null where this only begins one */
  #take(sampled: Sampled[], stage: 'quiet' | 'busy' | null): void {
    const last = this.#last
    this.#last = new Map(sampled.map((one) => [one.member.index, one]))
    for (const one of sampled) {
      const { index } = one.member
      if (one.life === 0) this.#whole.set(index, [...(this.#whole.get(index) ?? []), one.sample])
      else this.#whole.delete(index)
      const before = last.get(index)
      if (stage !== null) this.#note(one, before?.life === one.life ? before : null, stage)
    }
  }

  #note(now: Sampled, before: Sampled | null, stage: 'quiet' | 'busy'): void {
    const ms = before === null ? now.upMs : now.upMs - before.upMs
    const counts = before === null ? now.sample : difference(now.sample, before.sample)
    const doing = stage === 'quiet' ? 'quiet' : doingOf(now, before)
    this.stretches.push({ id: now.member.index, doing, ms, counts })
  }
}

function doingOf(now: Sampled, before: Sampled | null): Doing {
  if (now.filming || before?.filming) return 'filming'
  return before === null || before.upMs < BACK_MS ? 'back' : 'holding'
}

/** Of what is counted; what is a level stays as it is now. */
function difference(now: Sample, before: Sample): Sample {
  const { residentMiB, descriptors, udpSockets, links, channels } = now
  const names = Object.keys(now) as (keyof Sample)[]
  const rest = Object.fromEntries(names.map((name) => [name, now[name] - before[name]]))
  return { ...(rest as unknown as Sample), residentMiB, descriptors, udpSockets, links, channels }
}

function tell(sampled: Sampled[]): string {
  const of = (level: (sample: Sample) => number): number[] =>
    sampled.map(({ sample }) => level(sample))
  const memory = of((sample) => sample.residentMiB)
  const links = of((sample) => sample.links)
  return `${sampled.length} here, ${median(memory).toFixed(0)} MiB (most ${Math.max(...memory).toFixed(0)}), links ${Math.min(...links)} to ${Math.max(...links)}`
}
