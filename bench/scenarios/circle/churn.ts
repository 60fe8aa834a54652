// Who comes and goes: every few seconds a phone breaks or is closed and comes back some seconds later,
// and now and then one is cut off for good and a new one let in. Nobody goes who films, nor the organiser.

import { nowMs, sleep } from '../../lib/clock.ts'
import { seeded } from '../../../test/helpers/random.ts'
import type { Random } from '../../../test/helpers/random.ts'
import type { Crowd, Member } from '../../rigs/crowd.ts'

export const AWAY_EVERY_MS = 10_000
const SHORTEST_AWAY_MS = 4000
const LONGEST_AWAY_MS = 15_000
/** Of this many departures one is for good. */
const REVOKED_EVERY = 6
/** A lost phone goes on running for a while, cut off. */
const LOST_MS = 10_000

export class Churn {
  kills = 0
  closes = 0
  revocations = 0
  joins = 0
  readonly #crowd: Crowd
  readonly #random: Random = seeded(51)

  constructor(crowd: Crowd) {
    this.#crowd = crowd
  }

  async run(endMs: number): Promise<void> {
    const departures: Promise<void>[] = []
    for (let turn = 1; nowMs() + LONGEST_AWAY_MS < endMs; turn++) {
      await sleep(AWAY_EVERY_MS)
      const free = this.#crowd.here.filter(({ busy, index }) => !busy && index > 0)
      const member = this.#random.pick(free)
      departures.push(
        turn % REVOKED_EVERY === 0 ? this.#replace(member) : this.#leave(member, turn)
      )
    }
    await Promise.all(departures)
  }

  async #leave(member: Member, turn: number): Promise<void> {
    member.busy = true
    const inOrder = turn % 2 === 0
    if (inOrder) this.closes++
    else this.kills++
    await this.#crowd.goAway(member, inOrder)
    await sleep(SHORTEST_AWAY_MS + this.#random.int(LONGEST_AWAY_MS - SHORTEST_AWAY_MS))
    await this.#crowd.comeBack(member)
    member.busy = false
  }

  /** It says itself that it is lost: an organiser who cuts somebody off alone may let nobody in after. */
  async #replace(member: Member): Promise<void> {
    member.busy = true
    await member.role!.call('revoke', member.key)
    member.revoked = true
    this.revocations++
    const fresh = await this.#crowd.start()
    fresh.busy = true
    await this.#crowd.join(fresh)
    this.joins++
    fresh.busy = false
    await sleep(LOST_MS)
    await this.#crowd.goAway(member, false)
  }
}
