// A fresh device that joins when the film is over: how fast it gets everything, beside plain TCP sending
// the same bytes into a file with fdatasync.

import { fs, path } from '../../core/runtime/fs.ts'
import { until } from '../lib/clock.ts'
import { Role } from '../lib/role.ts'
import { median } from '../lib/report/stats.ts'
import type { Usage } from '../lib/counted/usage.ts'
import { ControlRig } from '../rigs/control.ts'
import type { Context, Report } from './scenario.ts'

/** A quarter of a second at 2.5 Mbit/s: what a real film is made of. */
const FRAGMENT_BYTES = 78_125
const HOST = '127.0.0.1'

interface Fetched {
  mibPerSecond: number
  sender: Usage
  receiver: Usage
}

export async function catchUp(context: Context): Promise<Report[]> {
  const { effort, dir, say } = context
  const bytes = effort.bulkMiB * 2 ** 20
  const own = path.join(dir, 'catch-up')
  await fs.promises.mkdir(own, { recursive: true })
  const length = await filmLong(own, bytes)
  const engine: Fetched[] = []
  const tcp: Fetched[] = []
  for (let i = 0; i < effort.rounds; i++) {
    engine.push(await fetchOnce(own, bytes, length, i))
    tcp.push(await tcpOnce(path.join(own, 'tcp-' + i), bytes))
    const [ours, limit] = [engine[i]!.mibPerSecond, tcp[i]!.mibPerSecond]
    say(`catch-up: round ${i + 1}: ${ours.toFixed(0)} MiB/s, TCP ${limit.toFixed(0)} MiB/s`)
  }
  return [reportOf(effort.bulkMiB, engine, tcp)]
}

async function filmLong(own: string, bytes: number): Promise<number> {
  const recorder = new Role('recorder')
  await recorder.call('open', { dir: path.join(own, 'recorder'), host: HOST, uses: 1 })
  const length: number = await recorder.call('bulk', { bytes, fragmentBytes: FRAGMENT_BYTES })
  await recorder.stop()
  return length
}

/** Both ends start afresh, so that their memory is that of the transfer alone. */
async function fetchOnce(
  own: string,
  bytes: number,
  length: number,
  round: number
): Promise<Fetched> {
  const [recorder, holder] = [new Role('recorder'), new Role('holder')]
  const dir = path.join(own, 'recorder')
  const url = await recorder.call('open', { dir, host: HOST, uses: 1 })
  await recorder.call('mark')
  await holder.call('open', { dir: path.join(own, 'holder-' + round), host: HOST, url })
  const { fromMs, toMs } = await holder.call('whole', length)
  const [sender, receiver] = [await recorder.call('usage'), await holder.call('usage')]
  await Promise.all([recorder.stop(), holder.stop()])
  return { mibPerSecond: rate(bytes, toMs - fromMs), sender, receiver }
}

async function tcpOnce(dir: string, bytes: number): Promise<Fetched> {
  const rig = await ControlRig.open('tcp', { holders: 1, dir })
  const { recorder, holders } = rig
  const frames = Math.ceil(bytes / FRAGMENT_BYTES)
  await Promise.all([recorder.call('mark'), holders[0]!.call('mark')])
  const bulk = { holders: rig.where, bytes, fragmentBytes: FRAGMENT_BYTES }
  const fromMs: number = await recorder.call('bulk', bulk)
  const done = async (): Promise<boolean> => (await holders[0]!.call('held')).length >= frames
  await until(done, 600_000)
  const held: number[] = await holders[0]!.call('held')
  const [sender, receiver] = [await recorder.call('usage'), await holders[0]!.call('usage')]
  await rig.close()
  return { mibPerSecond: rate(bytes, held[frames - 1]! - fromMs), sender, receiver }
}

function rate(bytes: number, ms: number): number {
  return bytes / 2 ** 20 / (ms / 1000)
}

function reportOf(mib: number, engine: Fetched[], tcp: Fetched[]): Report {
  return {
    name: 'catch-up',
    title: `Catching up with ${mib} MiB`,
    columns: [
      '',
      'MiB/s',
      'sender, CPU s',
      'receiver, CPU s',
      'sender, peak MiB',
      'receiver, peak MiB'
    ],
    rows: [rowOf('temoin', engine), rowOf('TCP', tcp)],
    figures: [],
    notes: [
      'One fresh holder that joins when a film of fragments of 78 kB is over; from the moment it learns of the recording until all of it is flushed. TCP: from the dial until the last frame is synced.'
    ]
  }
}

function rowOf(name: string, fetched: Fetched[]): string[] {
  const of = (pick: (one: Fetched) => number, digits: number): string =>
    median(fetched.map(pick)).toFixed(digits)
  return [
    name,
    of(({ mibPerSecond }) => mibPerSecond, 0),
    of(({ sender }) => sender.cpuSeconds, 2),
    of(({ receiver }) => receiver.cpuSeconds, 2),
    of(({ sender }) => sender.peakMiB, 0),
    of(({ receiver }) => receiver.peakMiB, 0)
  ]
}
