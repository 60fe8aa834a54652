// The engine as it is: a recorder and its holders, joined by invite over the loopback or a link of the
// scenario's making, with no DHT.

import { fs, path } from '../../core/runtime/fs.ts'
import { until } from '../lib/clock.ts'
import type { FilmPlan } from '../lib/film-plan.ts'
import { fragmentBytes } from '../lib/film-plan.ts'
import { Role } from '../lib/role.ts'
import type { Usage } from '../lib/counted/usage.ts'
import type { HeldAt } from '../lib/counted/held-log.ts'
import type { Filmed, Rig, RigOptions } from './rig.ts'
import { LOOPBACK, untilAll } from './rig.ts'

interface RecorderAnswer {
  handed: HeldAt[]
  usage: Usage
  wireBytes: number
  seconds: number
}

export class TemoinRig implements Rig {
  readonly name = 'temoin'
  readonly recorder: Role
  readonly holders: Role[]
  readonly #options: RigOptions

  constructor(options: RigOptions) {
    const { recorderNetns, holderNetns } = options.place ?? LOOPBACK
    this.#options = options
    this.recorder = new Role('recorder', { netns: recorderNetns })
    this.holders = Array.from(
      { length: options.holders },
      () => new Role('holder', { netns: holderNetns })
    )
  }

  static async open(options: RigOptions): Promise<TemoinRig> {
    const rig = new TemoinRig(options)
    await rig.#open()
    return rig
  }

  async film(plan: FilmPlan, drainMs: number): Promise<Filmed> {
    await Promise.all(this.holders.flatMap((role) => [role.call('forget'), role.call('mark')]))
    const { handed, usage, wireBytes, seconds }: RecorderAnswer = await this.recorder.call(
      'film',
      plan
    )
    const holders = await Promise.all(
      this.holders.map((role): Promise<Usage> => role.call('usage'))
    )
    const handedAtMs = handed.map(({ atMs }) => atMs)
    const durable = (): Promise<number[][]> => this.#durable(handed)
    const acked = (): Promise<number[][]> => this.#acked(handed)
    const isWhole = async (): Promise<boolean> => isFull(await durable()) && isFull(await acked())
    await until(isWhole, drainMs, 200)
    return {
      durableMs: untilAll(handedAtMs, await durable()),
      ackedMs: untilAll(handedAtMs, await acked()),
      recorder: usage,
      holders,
      wireBytes,
      sentBytes: await this.recorder.call('sent'),
      mediaBytes: plan.fragments * fragmentBytes(plan),
      seconds
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.recorder, ...this.holders].map((role) => role.stop()))
  }

  async #open(): Promise<void> {
    const { dir, firstHops, place = LOOPBACK } = this.#options
    const storage = (name: string): string => path.join(dir, name)
    await fs.promises.mkdir(dir, { recursive: true })
    const uses = this.holders.length
    const host = place.recorderHost
    const film = { dir: storage('recorder'), host, uses, firstHops }
    const url = await this.recorder.call('open', film)
    const join = { host: place.holderHost, url }
    await Promise.all(
      this.holders.map((role, i) => role.call('open', { dir: storage('holder-' + i), ...join }))
    )
    const everyone = [this.recorder, ...this.holders]
    await Promise.all(everyone.map((role) => role.call('knows', everyone.length)))
    await Promise.all(everyone.map((role) => role.call('linked', uses)))
  }

  async #durable(handed: HeldAt[]): Promise<number[][]> {
    const lists = await Promise.all(
      this.holders.map((role): Promise<HeldAt[]> => role.call('held'))
    )
    return lists.map((held) => momentsOf(handed, held))
  }

  async #acked(handed: HeldAt[]): Promise<number[][]> {
    const acks: HeldAt[] = await this.recorder.call('acks')
    const names = [...new Set(acks.map(({ holder }) => holder))]
    const lists = names.map((name) => acks.filter(({ holder }) => holder === name))
    const missing = this.holders.length - lists.length
    return [...lists, ...Array<HeldAt[]>(missing).fill([])].map((held) => momentsOf(handed, held))
  }
}

/** When the first receipt that covers it was made, for each fragment. Receipts come in order. */
export function momentsOf(handed: HeldAt[], held: HeldAt[]): number[] {
  return handed.map(({ recording, length }) => {
    const covers = (receipt: HeldAt): boolean =>
      receipt.recording === recording && receipt.length >= length
    return held.find(covers)?.atMs ?? Infinity
  })
}

export function isFull(lists: number[][]): boolean {
  return lists.every((moments) => moments.every((atMs) => atMs !== Infinity))
}
