// A filming device in a process of its own: the engine as it is, with a clock beside it.

import b4a from 'b4a'
import { Device } from '../../core/device.ts'
import type { Film } from '../../core/filming/film.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { compileLate } from '../../core/runtime/process.ts'
import type { FilmPlan } from '../lib/film-plan.ts'
import { INIT, MEDIA, Noise, filmSeconds, fragmentOf, play } from '../lib/film-plan.ts'
import { until } from '../lib/clock.ts'
import { serve } from '../lib/serve.ts'
import { addMember } from '../../test/links/flooder/member.ts'
import { HeldLog } from '../lib/counted/held-log.ts'
import type { HeldAt } from '../lib/counted/held-log.ts'
import { Meter, Peak, cpuSeconds, residentMiB } from '../lib/counted/usage.ts'
import { Wire } from '../lib/counted/wire.ts'
import { hex } from '../lib/hex.ts'

let device: Device
let exchange: Exchange
const meter = new Meter()
const peak = new Peak()
const acks = new HeldLog()
let startedAtMs = 0
let firstHops: number | undefined
let sending: Wire | null = null

interface Opening {
  dir: string
  host: string
  uses: number
  /** Members it uploads to; the engine's own number by default. */
  firstHops?: number
  /** What the others are invited as. @default 'contact' */
  role?: 'contact' | 'relay'
}

serve({
  async open({ dir, host, uses, firstHops: hops, role = 'contact' }: Opening) {
    firstHops = hops
    const create = { name: 'recorder' }
    compileLate()
    device = new Device({ dir, create, bootstrap: [], host, reserveBytes: 0 })
    await device.ready()
    exchange = device.circles[0] ?? (await device.createCircle('bench'))
    return inviteAs(role, uses)
  },

  /** Another invite, for others. */
  invite: ({ role, uses }: { role: 'contact' | 'relay'; uses: number }) => inviteAs(role, uses),

  /** Waits for that many devices to be linked. */
  linked: (count: number) => until(() => exchange.peers.length >= count, 60_000),

  /** Waits until the journals have told of that many members. */
  knows: (count: number) => until(() => exchange.circle.roster.members.length >= count, 60_000),

  /** Films to the plan; answers when the last fragment is handed over and this disk has the seal. */
  async film(plan: FilmPlan) {
    acks.clear()
    startedAtMs = plan.startAtMs
    const wire = new Wire(device)
    meter.mark()
    const film = device.film(exchange, firstHops === undefined ? {} : { firstHops })
    film.on('part', noteAcks)
    await film.begin(MEDIA, INIT)
    const handed = await handOver(film, plan)
    const usage = meter.read()
    await film.stop('stopped')
    sending = wire
    return { handed, usage, wireBytes: wire.read(), seconds: filmSeconds(plan) }
  },

  /** Films without a pace, for a long recording to catch up with. */
  async bulk({ bytes, fragmentBytes }: { bytes: number; fragmentBytes: number }) {
    const film = device.film(exchange)
    await film.begin(MEDIA, INIT)
    const noise = new Noise()
    for (let at = 0, i = 0; at < bytes; at += fragmentBytes, i++) {
      const data = noise.next(Math.min(fragmentBytes, bytes - at))
      await film.fragment(fragmentOf(data, i, 250))
    }
    await film.stop('stopped')
    return film.parts[0]!.end
  },

  /** Where a flood is to go. */
  where: () => ({ device: hex(device.key), port: device.network!.port }),

  /** Makes a member of whoever has this seed; says what it may know of the circle. */
  async admit(seed: string) {
    await addMember(exchange, b4a.from(seed, 'hex'))
    return { circle: hex(exchange.circle.channel), core: hex(exchange.circle.journals[0]!.key) }
  },

  /** Cuts off whoever has this seed. */
  async revoke(seed: string) {
    const { device: revoked } = new DeviceKeys(b4a.from(seed, 'hex') as Uint8Array)
    await device.trust.revoke(exchange, revoked, 'lost')
  },

  /** The most memory held at any moment from now until it is asked for. */
  watch: () => peak.start(),
  peak: () => peak.stop(),

  /** Bytes that have left for the newest film, with what had to be sent after its end. */
  sent: () => sending?.sent() ?? 0,
  acks: () => acks.all(),
  startedAtMs: () => startedAtMs,
  mark: () => meter.mark(),
  spent: () => cpuSeconds(),
  usage: () => meter.read(),
  resident: () => residentMiB(),
  close: () => device.close()
})

async function inviteAs(role: 'contact' | 'relay', uses: number): Promise<string> {
  return (await device.invite({ circle: exchange, role, uses, expiresInMs: 3600_000 })).url
}

/** Each fragment as it was handed over: who has so many blocks of that recording has it. */
async function handOver(film: Film, plan: FilmPlan): Promise<HeldAt[]> {
  const handed = new HeldLog()
  let last: Promise<unknown> = Promise.resolve()
  await play(plan, (data, index, atMs) => {
    const fragment = fragmentOf(data, index, plan.entryMs)
    last = film.fragment(fragment).then(() => noteLast(handed, film, atMs))
  })
  await last // they are taken in their order
  return handed.all()
}

// A checkpoint may follow the fragment, so its block is the first that brings the time up.
function noteLast(handed: HeldLog, film: Film, atMs: number): void {
  const replica = film.parts[film.parts.length - 1]!
  const { timeline } = replica
  let { length } = timeline
  while (length > 1 && timeline.secondsAt(length - 1) === timeline.secondsAt(Infinity)) length--
  handed.note(device.key, replica.key, length, atMs)
}

function noteAcks(replica: Replica): void {
  replica.on('held', ({ holder, recording, length }) => {
    acks.note(holder, recording, length)
  })
}
