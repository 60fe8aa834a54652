// One relay for many phones that know nothing of one another: a circle for each, filmed in at once.

import { path } from '../../core/runtime/fs.ts'
import { until } from '../lib/clock.ts'
import type { FilmPlan } from '../lib/film-plan.ts'
import { Role } from '../lib/role.ts'
import type { Usage } from '../lib/counted/usage.ts'
import type { HeldAt } from '../lib/counted/held-log.ts'
import { isFull, momentsOf } from './temoin.ts'

const HOST = '127.0.0.1'

export interface Relayed {
  /** For each fragment of each phone: ms from handing it over until the relay's disk had it. */
  durableMs: number[]
  /** Of the relay, while they filmed. */
  usage: Usage
}

export class RelayRig {
  readonly relay = new Role('relay')
  readonly phones: Role[]
  readonly #dir: string

  constructor({ phones, dir }: { phones: number; dir: string }) {
    this.#dir = dir
    this.phones = Array.from({ length: phones }, () => new Role('recorder'))
  }

  async open(): Promise<void> {
    await this.relay.call('open', { dir: path.join(this.#dir, 'relay'), host: HOST })
    for (const [i, phone] of this.phones.entries()) {
      const dir = path.join(this.#dir, `phone-${i}`)
      const url = await phone.call('open', { dir, host: HOST, uses: 1, role: 'relay' })
      await this.relay.call('join', url)
      await phone.call('linked', 1)
    }
  }

  /** They film at once, each a little after the one before. @param phones all of them by default */
  async film(plan: FilmPlan, drainMs: number, phones = this.phones): Promise<Relayed> {
    await this.relay.call('mark')
    const films = phones.map((phone, i) => {
      const laterMs = (i * plan.entryMs) / phones.length
      return phone.call('film', { ...plan, startAtMs: plan.startAtMs + laterMs })
    })
    const answers: { handed: HeldAt[] }[] = await Promise.all(films)
    const usage: Usage = await this.relay.call('usage')
    const handed = answers.flatMap((answer) => answer.handed)
    const moments = async (): Promise<number[]> =>
      momentsOf(handed, (await this.relay.call('held')) as HeldAt[])
    await until(async () => isFull([await moments()]), drainMs, 500)
    const atMs = await moments()
    return { durableMs: handed.map((one, i) => atMs[i]! - one.atMs), usage }
  }

  async close(): Promise<void> {
    await Promise.all([this.relay, ...this.phones].map((role) => role.stop()))
  }
}
