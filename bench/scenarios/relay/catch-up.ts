// Members that were away fetch a film from the relay alone, its author being gone: one of them, and ten at
// once, beside nginx serving the same bytes over TLS.

import { fs, path } from '../../../core/runtime/fs.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { nowMs } from '../../lib/clock.ts'
import { Role } from '../../lib/role.ts'
import type { Usage } from '../../lib/counted/usage.ts'
import { WebServer } from '../../lib/web-server.ts'
import type { Context, Report } from '../scenario.ts'

const HOST = '127.0.0.1'
/** A quarter of a second at 2.5 Mbit/s: what a real film is made of. */
const FRAGMENT_BYTES = 78_125
const MEMBERS = [1, 10]
const MIB = 2 ** 20

interface Fetched {
  members: number
  mibPerSecond: number
  relay: Usage
  /** Null where there is no nginx here. */
  nginxMibPerSecond: number | null
}

export async function relayCatchUp({ effort, dir, say }: Context): Promise<Report[]> {
  const bytes = (effort.bulkMiB / 2) * MIB
  const fetched: Fetched[] = []
  for (const members of MEMBERS) {
    const own = path.join(dir, `relay-catch-up-${members}`)
    const nginxMibPerSecond = await fromNginx(path.join(own, 'nginx'), members, bytes)
    const one = { members, ...(await fromRelay(own, members, bytes)), nginxMibPerSecond }
    await fs.promises.rm(own, { recursive: true, force: true })
    fetched.push(one)
    say(`relay-catch-up: ${members} members, ${one.mibPerSecond.toFixed(0)} MiB/s in all`)
  }
  return [reportOf(bytes / MIB, fetched)]
}

async function fromRelay(
  own: string,
  members: number,
  bytes: number
): Promise<{ mibPerSecond: number; relay: Usage }> {
  const [recorder, relay] = [new Role('recorder'), new Role('relay')]
  const recording = { dir: path.join(own, 'recorder'), host: HOST, uses: members }
  const url = await recorder.call('open', recording)
  await relay.call('open', { dir: path.join(own, 'relay'), host: HOST })
  await relay.call('join', await recorder.call('invite', { role: 'relay', uses: 1 }))
  await joinAll(own, members, url, recorder)
  const length: number = await recorder.call('bulk', { bytes, fragmentBytes: FRAGMENT_BYTES })
  await relay.call('whole', length)
  await recorder.stop()
  await relay.call('mark')
  const back = Array.from({ length: members }, () => new Role('holder'))
  const fromMs = nowMs()
  await Promise.all(
    back.map((role, i) => role.call('open', { dir: dirOf(own, i), host: HOST, url }))
  )
  const whole = back.map((role): Promise<{ toMs: number }> => role.call('whole', length))
  const ends = (await Promise.all(whole)).map(({ toMs }) => toMs)
  const usage: Usage = await relay.call('usage')
  await Promise.all([relay, ...back].map((role) => role.stop()))
  return { mibPerSecond: rate(members * bytes, Math.max(...ends) - fromMs), relay: usage }
}

/** They are let in, hear of the relay, and go away before anything is filmed. */
async function joinAll(own: string, members: number, url: string, recorder: Role): Promise<void> {
  const roles = Array.from({ length: members }, () => new Role('holder'))
  for (const [i, role] of roles.entries()) {
    await role.call('open', { dir: dirOf(own, i), host: HOST, url })
  }
  const everyone = members + 2
  await Promise.all([recorder, ...roles].map((role) => role.call('knows', everyone)))
  await Promise.all(roles.map((role) => role.call('linked', everyone - 1)))
  await Promise.all(roles.map((role) => role.stop()))
}

async function fromNginx(dir: string, members: number, bytes: number): Promise<number | null> {
  if (WebServer.missing.length > 0) return null
  await fs.promises.mkdir(dir, { recursive: true })
  await fs.promises.writeFile(path.join(dir, 'film'), randomBytes(bytes))
  const server = await WebServer.open(dir)
  const copies = Array.from({ length: members }, (_, i) => path.join(dir, `copy-${i}`))
  const ms = await server.download('film', copies)
  await server.close()
  return rate(members * bytes, ms)
}

function dirOf(own: string, member: number): string {
  return path.join(own, `member-${member}`)
}

function rate(bytes: number, ms: number): number {
  return bytes / MIB / (ms / 1000)
}

function reportOf(mib: number, fetched: Fetched[]): Report {
  const { missing } = WebServer
  return {
    name: 'relay-catch-up',
    title: `Fetching ${mib} MiB from a relay alone`,
    columns: ['members at once', 'MiB/s in all', 'nginx, TLS', 'relay, CPU s', 'relay, peak MiB'],
    rows: fetched.map((one) => [
      String(one.members),
      one.mibPerSecond.toFixed(0),
      one.nginxMibPerSecond?.toFixed(0) ?? '',
      one.relay.cpuSeconds.toFixed(2),
      one.relay.peakMiB.toFixed(0)
    ]),
    figures: [],
    notes: [
      'The author is gone. From the start of the members, that of their programs included, until each has all of it, checked and flushed; members fetch from one another as well. nginx: as many downloads at once by curl, each copy synced, nothing checked.',
      ...(missing.length > 0 ? [`Not run here, without ${missing.join(', ')}: nginx.`] : [])
    ]
  }
}
