// A relay that holds many recordings starts again: how long until it is ready, how much memory it takes,
// and how long until a member that lacks one of them has it. All finished, none asked for but that one.

import { fs, path } from '../../../core/runtime/fs.ts'
import { nowMs } from '../../lib/clock.ts'
import { Role } from '../../lib/role.ts'
import { median } from '../../lib/report/stats.ts'
import type { Made } from '../../roles/stored.ts'
import type { Context, Effort, Figure, Report } from '../scenario.ts'

const COUNTS: Record<Effort['mode'], number[]> = {
  quick: [100, 1000],
  default: [100, 1000, 10_000],
  full: [100, 1000, 10_000, 100_000] // the last takes four minutes to make
}
/** The port a device is found at again: any will do that is free here. */
const PORT = 47_311

interface Start {
  recordings: number
  readySeconds: number
  /** Of processor time, until it is ready. */
  cpuSeconds: number
  servedSeconds: number
  residentMiB: number
  open: number
}

export async function start({ effort, dir, say }: Context): Promise<Report[]> {
  const starts: Start[] = []
  for (const recordings of COUNTS[effort.mode]) {
    const own = path.join(dir, `start-${recordings}`)
    const one = await startOne(own, recordings, effort.rounds)
    await fs.promises.rm(own, { recursive: true, force: true })
    starts.push(one)
    say(`start: ${recordings} recordings, ready in ${one.readySeconds.toFixed(2)} s`)
  }
  return [reportOf(starts)]
}

async function startOne(dir: string, recordings: number, rounds: number): Promise<Start> {
  const maker = new Role('stored')
  const made: Made = await maker.call('stock', { dir, recordings, port: PORT })
  await maker.stop()
  const member = new Role('stored')
  await member.call('openMember', { dir: path.join(dir, 'lacking'), seed: made.seeds.lacking })
  const whole = member.call('whole', made)
  const first = await restart(dir, made, () => whole)
  await member.stop()
  const ready = [first.readySeconds]
  for (let round = 1; round < rounds; round++) {
    ready.push((await restart(dir, made)).readySeconds)
  }
  return { recordings, ...first, readySeconds: median(ready) }
}

/** @param served when a member that waits for it had what it lacks */
async function restart(
  dir: string,
  { seeds }: Made,
  served?: () => Promise<number>
): Promise<Omit<Start, 'recordings'>> {
  const startedAtMs = nowMs()
  const role = new Role('stored')
  const at = { dir: path.join(dir, 'stored'), seed: seeds.stored }
  const { atMs, cpuSeconds, open } = await role.call('open', at)
  const servedAtMs = served ? await served() : atMs
  const residentMiB = served ? await role.call('settled') : 0
  await role.stop()
  const [readySeconds, servedSeconds] = [atMs, servedAtMs].map((ms) => (ms - startedAtMs) / 1000)
  return {
    readySeconds: readySeconds!,
    servedSeconds: servedSeconds!,
    cpuSeconds,
    residentMiB,
    open
  }
}

/** What one recording more costs, from the fewest to the most. */
function growthOf(starts: Start[]): string[] {
  const [first, last] = [starts[0]!, starts.at(-1)!]
  const more = last.recordings - first.recordings
  if (more === 0) return []
  const ms = (1000 * (last.cpuSeconds - first.cpuSeconds)) / more
  const kiB = (1024 * (last.residentMiB - first.residentMiB)) / more
  return [
    `Growth is linear, not flat: each recording more costs ${ms.toFixed(2)} ms of processor and ${kiB.toFixed(1)} KiB. Its journal entries are read at each start; none of its blocks is.`
  ]
}

/** The bars are for ten thousand: what is beyond is measured for how it grows. */
function figuresOf({ recordings, readySeconds, residentMiB }: Start): Figure[] {
  const isBarred = recordings === 10_000
  const start = { value: readySeconds, unit: 's', bar: isBarred ? 2 : null }
  const memory = { value: residentMiB, unit: 'MiB', bar: isBarred ? 238 : null } // 250 MB
  return [
    { what: `start with ${recordings} recordings`, ...start },
    { what: `memory with ${recordings} recordings`, ...memory }
  ]
}

function reportOf(starts: Start[]): Report {
  return {
    name: 'start',
    title: 'Starting again with many recordings',
    columns: ['recordings', 'ready', 'processor', 'a member is served', 'memory', 'opened'],
    rows: starts.map((one) => [
      String(one.recordings),
      `${one.readySeconds.toFixed(2)} s`,
      `${one.cpuSeconds.toFixed(2)} s`,
      `${one.servedSeconds.toFixed(2)} s`,
      `${one.residentMiB.toFixed(0)} MiB`,
      String(one.open)
    ]),
    figures: starts.flatMap(figuresOf),
    notes: [
      ...growthOf(starts),
      'From the start of the process; the relay as `temoin-relay run` opens it, reading again in the background included. Every recording is finished and small, told of, ended and signed for by four members in their journals: six entries each. A member that waited for the device lacks one recording; it is served when that is on its disk and signed for. Processor: time of all cores until it is ready. Opened: recordings whose cores are open once the device is ready.'
    ]
  }
}
