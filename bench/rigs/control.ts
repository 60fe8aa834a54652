// The two controls: plain TCP with fdatasync, the least that can be done, and an HTTP PUT for each
// fragment, what a file uploader does.

import { fs, path } from '../../core/runtime/fs.ts'
import { until } from '../lib/clock.ts'
import type { FilmPlan } from '../lib/film-plan.ts'
import { filmSeconds, fragmentBytes } from '../lib/film-plan.ts'
import { Role } from '../lib/role.ts'
import type { Usage } from '../lib/counted/usage.ts'
import type { Filmed, Rig, RigOptions } from './rig.ts'
import { LOOPBACK, untilAll } from './rig.ts'

type Moments = (number | null)[]

export class ControlRig implements Rig {
  readonly name: 'tcp' | 'http'
  readonly recorder: Role
  readonly holders: Role[]
  readonly #options: RigOptions
  #ports: number[] = []

  constructor(name: 'tcp' | 'http', options: RigOptions) {
    const { recorderNetns, holderNetns } = options.place ?? LOOPBACK
    this.name = name
    this.#options = options
    this.recorder = new Role(`${name}-recorder`, { netns: recorderNetns })
    this.holders = Array.from(
      { length: options.holders },
      () => new Role(`${name}-holder`, { netns: holderNetns })
    )
  }

  static async open(name: 'tcp' | 'http', options: RigOptions): Promise<ControlRig> {
    const rig = new ControlRig(name, options)
    await rig.#open()
    return rig
  }

  /** Where the holders listen. */
  get where(): { host: string; ports: number[] } {
    return { host: (this.#options.place ?? LOOPBACK).holderHost, ports: this.#ports }
  }

  async film(plan: FilmPlan, drainMs: number): Promise<Filmed> {
    await Promise.all(this.holders.flatMap((role) => [this.#forget(role), role.call('mark')]))
    const film = { holders: this.where, plan }
    const { handed, usage }: { handed: number[]; usage: Usage } = await this.recorder.call(
      'film',
      film
    )
    const holders = await Promise.all(
      this.holders.map((role): Promise<Usage> => role.call('usage'))
    )
    const held = (): Promise<Moments[]> =>
      Promise.all(this.holders.map((role) => role.call('held')))
    const acks = (): Promise<Moments[]> => this.recorder.call('acks')
    await until(async () => untilAll(handed, await acks()).every(Number.isFinite), drainMs, 200)
    return {
      durableMs: untilAll(handed, await held()),
      ackedMs: untilAll(handed, await acks()),
      recorder: usage,
      holders,
      wireBytes: 0,
      sentBytes: 0,
      mediaBytes: plan.fragments * fragmentBytes(plan),
      seconds: filmSeconds(plan)
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.recorder, ...this.holders].map((role) => role.stop()))
  }

  // A TCP holder starts a fresh log with each connection; an HTTP holder is told.
  #forget(role: Role): Promise<unknown> {
    return this.name === 'http' ? role.call('forget') : Promise.resolve()
  }

  async #open(): Promise<void> {
    const { dir, place = LOOPBACK } = this.#options
    this.#ports = await Promise.all(
      this.holders.map(async (role, i): Promise<number> => {
        const own = path.join(dir, `${this.name}-${i}`)
        await fs.promises.mkdir(own, { recursive: true })
        return role.call('open', { dir: own, host: place.holderHost })
      })
    )
  }
}
