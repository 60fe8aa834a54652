// A large circle on a private DHT: each member a process of its own, which comes, films, goes away and
// comes back. Samples what every one of them has used.

import createTestnet from 'hyperdht/testnet.js'
import { fs, path } from '../../core/runtime/fs.ts'
import { nowMs, until } from '../lib/clock.ts'
import { Role } from '../lib/role.ts'
import type { Sample } from '../roles/member.ts'

const HOST = '127.0.0.1'
const DHT_NODES = 8
/** Processes that start at once: each loads the whole engine first. */
const STARTING_AT_ONCE = 4

export interface Member {
  readonly index: number
  readonly dir: string
  /** Device key, as hex. */
  key: string
  /** Null while it is away. */
  role: Role | null
  /** Its process, counted from 0. */
  life: number
  startedAtMs: number
  filming: boolean
  /** Asked to do something that must not be cut short. */
  busy: boolean
  revoked: boolean
}

export interface Sampled {
  member: Member
  life: number
  /** Since its process began, ms. */
  upMs: number
  filming: boolean
  sample: Sample
}

export class Crowd {
  readonly members: Member[] = []
  readonly #dir: string
  readonly #testnet: Awaited<ReturnType<typeof createTestnet>>
  #url = ''

  private constructor(dir: string, testnet: Awaited<ReturnType<typeof createTestnet>>) {
    this.#dir = dir
    this.#testnet = testnet
  }

  static async open(dir: string): Promise<Crowd> {
    await fs.promises.mkdir(dir, { recursive: true })
    return new Crowd(dir, await createTestnet(DHT_NODES, { host: HOST }))
  }

  async close(): Promise<void> {
    await Promise.all(this.here.map(({ role }) => role!.stop()))
    await this.#testnet.destroy()
  }

  get organiser(): Member {
    return this.members[0]!
  }

  /** Members whose process runs, revoked ones left out. */
  get here(): Member[] {
    return this.members.filter(({ role, revoked }) => role !== null && !revoked)
  }

  /** Everybody who belongs, whether here or away. */
  get belonging(): Member[] {
    return this.members.filter(({ revoked }) => !revoked)
  }

  /** The first member and its circle. @param uses of the one code for all who follow */
  async found(uses: number): Promise<void> {
    const organiser = await this.start()
    this.#url = await organiser.role!.call('found', uses)
  }

  /** New devices, not in the circle yet. */
  async startMany(count: number): Promise<Member[]> {
    const started: Member[] = []
    while (started.length < count) {
      const some = Math.min(STARTING_AT_ONCE, count - started.length)
      started.push(...(await Promise.all(Array.from({ length: some }, () => this.start()))))
    }
    return started
  }

  async start(): Promise<Member> {
    const index = this.members.length
    const dir = path.join(this.#dir, `member-${index}`)
    const fresh = { key: '', role: null, life: -1, startedAtMs: 0, revoked: false }
    const member: Member = { index, dir, ...fresh, filming: false, busy: false }
    this.members.push(member)
    await this.comeBack(member)
    return member
  }

  join(member: Member): Promise<void> {
    return member.role!.call('join', this.#url)
  }

  async comeBack(member: Member): Promise<void> {
    const role = new Role('member')
    const { bootstrap } = this.#testnet
    const { index, dir } = member
    member.life++
    member.startedAtMs = nowMs()
    member.key = await role.call('open', { dir, name: `member ${index}`, host: HOST, bootstrap })
    member.role = role
  }

  /** @param inOrder closed as an app is; otherwise as a phone that breaks */
  async goAway(member: Member, inOrder: boolean): Promise<void> {
    const role = member.role!
    member.role = null
    await (inOrder ? role.stop() : role.kill())
  }

  /** Waits until everybody here knows and is linked with everybody. */
  async untilMeshed(timeoutMs: number): Promise<boolean> {
    const all = { members: this.members.length, linked: this.here.length - 1 }
    const isWith = async ({ role }: Member): Promise<boolean> => role!.call('isWith', all)
    return until(
      async () => (await Promise.all(this.here.map(isWith))).every(Boolean),
      timeoutMs,
      500
    )
  }

  async sample(): Promise<Sampled[]> {
    const sampled = await Promise.all(this.here.map((member) => sampleOf(member)))
    return sampled.filter((one) => one !== null)
  }
}

async function sampleOf(member: Member): Promise<Sampled | null> {
  const { life, startedAtMs, filming, role } = member
  const sample: Sample | null = await role!.call('sample').catch(() => null) // it went away meanwhile
  return sample && { member, life, filming, upMs: nowMs() - startedAtMs, sample }
}
