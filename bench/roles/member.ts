// One member of a large circle in a process of its own: films when it is told to, holds what the others
// film, and tells what it has used.

import b4a from 'b4a'
import { Device } from '../../core/device.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { InviteHost } from '../../core/circle/pairing/invite-host.ts'
import { labelled } from '../../core/identity/hash.ts'
import { compileLate } from '../../core/runtime/process.ts'
import { nowMs } from '../lib/clock.ts'
import type { FilmPlan } from '../lib/film-plan.ts'
import { INIT, MEDIA, fragmentOf, play } from '../lib/film-plan.ts'
import { hex } from '../lib/hex.ts'
import { openFiles } from '../lib/counted/open-files.ts'
import type { OpenFiles } from '../lib/counted/open-files.ts'
import { serve } from '../lib/serve.ts'
import { countTraffic } from '../lib/counted/traffic.ts'
import type { Traffic } from '../lib/counted/traffic.ts'
import { cpuSeconds, residentMiB } from '../lib/counted/usage.ts'
import { countersOf } from '../lib/counted/wire.ts'

/** All counts since this process began. */
export interface Sample extends Traffic, OpenFiles {
  atMs: number
  residentMiB: number
  cpuSeconds: number
  /** Devices this one has a link with. */
  links: number
  /** Protomux channels open on them: one for each circle, and for each core that is replicated there. */
  channels: number
  packetsSent: number
}

export interface Made {
  recording: string
  /** Blocks, the seal included. */
  length: number
}

let device: Device
let exchange: Exchange
let host: InviteHost | null = null
const traffic = countTraffic()

interface Opening {
  dir: string
  name: string
  host: string
  bootstrap: { host: string; port: number }[]
}

serve({
  async open({ dir, name, host, bootstrap }: Opening) {
    compileLate()
    device = new Device({ dir, create: { name }, bootstrap, host, reserveBytes: 0 })
    await device.ready()
    if (device.circles[0]) exchange = device.circles[0]
    return hex(device.key)
  },

  /** Founds the circle; the one code that lets everybody in. */
  async found(uses: number) {
    exchange = await device.createCircle('bench')
    const terms = { circle: exchange, role: 'contact', uses, expiresInMs: 3 * 3600_000 } as const
    host = await device.invite(terms)
    return host.url
  },

  async join(url: string) {
    exchange = await device.join(url, { timeoutMs: 300_000 })
  },

  /** True once so many members are known, and as many of them linked. */
  isWith: ({ members, linked }: { members: number; linked: number }) =>
    exchange.circle.roster.members.length >= members && exchange.peers.length >= linked,

  /** Films to the plan; what came of it: several recordings where somebody was revoked meanwhile. */
  async film(plan: FilmPlan): Promise<Made[]> {
    const film = device.film(exchange)
    await film.begin(MEDIA, INIT)
    const taken: Promise<void>[] = []
    await play(plan, (data, index) => {
      taken.push(film.fragment(fragmentOf(data, index, plan.entryMs)))
    })
    await Promise.all(taken)
    await film.stop('stopped')
    return film.parts.map(({ key, length }) => ({ recording: hex(key), length }))
  },

  revoke: async (key: string) => {
    await device.trust.revoke(exchange, b4a.from(key, 'hex'), 'lost')
  },

  sample: (): Sample => ({
    ...traffic,
    ...openFiles(),
    atMs: nowMs(),
    residentMiB: residentMiB(),
    cpuSeconds: cpuSeconds(),
    links: device.network!.links.length,
    channels: device.network!.links.reduce((sum, { mux }) => sum + [...mux].length, 0),
    packetsSent: countersOf(device)?.packetsTransmitted ?? 0
  }),

  /** A short name for who belongs here, and for what was said of it. */
  roster: () => hex(labelled('bench/roster', b4a.from(describeRoster()))).slice(0, 16),

  /** Blocks of these recordings that are not on this disk, flushed. */
  lacks: (made: Made[]) => made.reduce((sum, one) => sum + lacking(one), 0),

  close: async () => {
    await host?.close()
    await device.close()
  }
})

function describeRoster(): string {
  const { members, history } = exchange.circle.roster
  const rows = members.map(({ device, role, state }) => `${hex(device)} ${role} ${state}`)
  const said = history.map(
    ({ kind, about, by, state }) => `${kind} ${hex(about)} ${hex(by)} ${state}`
  )
  return [...rows.sort(), ...said.sort()].join('\n')
}

function lacking({ recording, length }: Made): number {
  const replica = exchange.replica(b4a.from(recording, 'hex') as never)
  if (replica === null) return length
  const isOurs = b4a.equals(replica.announced.author, device.key)
  const isFlushed = isOurs || replica.core === null // at rest; to ask it for its receipts has all of them checked
  const here = isFlushed ? replica.length : (replica.receipts.of(device.key)?.length ?? 0)
  return Math.max(0, length - here)
}
