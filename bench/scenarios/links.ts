// Bad lines: the same film at the same time over two emulated links of the same kind, one for the engine
// and one for plain TCP, half a period apart.

import { path } from '../../core/runtime/fs.ts'
import { EmulatedLink, whyNoLink } from '../lib/lines/emulated-link.ts'
import type { Line } from '../lib/lines/emulated-link.ts'
import { nowMs } from '../lib/clock.ts'
import { median, spread } from '../lib/report/stats.ts'
import type { Spread } from '../lib/report/stats.ts'
import { ControlRig } from '../rigs/control.ts'
import type { Rig } from '../rigs/rig.ts'
import { TemoinRig } from '../rigs/temoin.ts'
import { BITS_PER_SECOND } from './scenario.ts'
import type { Context, Figure, Report } from './scenario.ts'

const ENTRY_MS = 250
const LEAD_MS = 1500
const DRAIN_MS = 30_000

const PHONE: Line = {
  name: '60 ms, 0.5 % loss, 8 Mbit/s',
  roundTripMs: 60,
  lossPercent: 0.5,
  kilobits: 8000
}
const AWFUL: Line = { name: '300 ms, 20 % loss', roundTripMs: 300, lossPercent: 20, kilobits: 0 }

interface Run {
  own: Spread
  tcp: Spread
  /** Bytes on the wire for each byte of media. */
  wire: number
}

export async function links(context: Context): Promise<Report[]> {
  const why = whyNoLink()
  if (why !== null) {
    context.say(`links: skipped: ${why}`)
    return []
  }
  const { rounds, lossRuns } = context.effort
  const phone = await runs(context, PHONE, rounds)
  const awful = await runs(context, AWFUL, lossRuns)
  const rows = [rowOf(PHONE, phone), rowOf(AWFUL, awful)]
  return [{ ...LINKS, rows, figures: [...phoneFigures(phone), ...awfulFigures(awful)] }]
}

const LINKS = {
  name: 'links',
  title: 'Bad lines',
  columns: ['link', 'runs', 'p50', 'p99', 'x TCP p50 / p99', 'missing', 'TCP missing', 'wire'],
  notes: [
    'One holder, 2.5 Mbit/s, 250 ms entries; round trip, loss in each direction, rate. Milliseconds until the holder had flushed it; engine and TCP each on a link of its own, in the same seconds. Missing: not there 30 s after the end. Wire: bytes both ways for each byte of media.'
  ]
}

async function runs(context: Context, line: Line, count: number): Promise<Run[]> {
  const done: Run[] = []
  for (let i = 0; i < count; i++) {
    done.push(await runOnce(context, line, i))
    const { own, tcp } = done[i]!
    context.say(
      `links: ${line.name}, run ${i + 1}: ${own.p50.toFixed(0)} / ${own.p99.toFixed(0)} ms, ` +
        `${own.missing} missing; TCP ${tcp.p50.toFixed(0)} / ${tcp.p99.toFixed(0)} ms, ${tcp.missing} missing`
    )
  }
  return done
}

async function runOnce({ dir, effort }: Context, line: Line, round: number): Promise<Run> {
  const pair = await Promise.all([EmulatedLink.open(line), EmulatedLink.open(line)])
  const own = path.join(dir, `link-${line.roundTripMs}-${round}`)
  const [temoin, tcp]: [Rig, Rig] = await Promise.all([
    TemoinRig.open({ holders: 1, dir: own, place: pair[0].place }),
    ControlRig.open('tcp', { holders: 1, dir: own, place: pair[1].place })
  ])
  const fragments = Math.ceil((effort.lineSeconds * 1000) / ENTRY_MS)
  const plan = { fragments, entryMs: ENTRY_MS, bitsPerSecond: BITS_PER_SECOND }
  const startAtMs = nowMs() + LEAD_MS
  const [ours, limit] = await Promise.all([
    temoin.film({ ...plan, startAtMs }, DRAIN_MS),
    tcp.film({ ...plan, startAtMs: startAtMs + ENTRY_MS / 2 }, DRAIN_MS)
  ])
  await Promise.all([temoin.close(), tcp.close()])
  await Promise.all(pair.map((link) => link.close()))
  const wire = ours.wireBytes / ours.mediaBytes
  return { own: spread(ours.durableMs), tcp: spread(limit.durableMs), wire }
}

function rowOf({ name }: Line, runs: Run[]): string[] {
  const of = (pick: (run: Run) => number): number => median(runs.map(pick))
  const sum = (pick: (run: Run) => number): string =>
    String(runs.reduce((total, run) => total + pick(run), 0))
  return [
    name,
    String(runs.length),
    of(({ own }) => own.p50).toFixed(0),
    of(({ own }) => own.p99).toFixed(0),
    `${ratio(of(toTcp('p50')))} / ${ratio(of(toTcp('p99')))}`,
    sum(({ own }) => own.missing),
    sum(({ tcp }) => tcp.missing),
    of(({ wire }) => wire).toFixed(2)
  ]
}

/** The engine as a multiple of TCP; nothing of what TCP never delivered. */
function toTcp(which: 'p50' | 'p99') {
  return ({ own, tcp }: Run): number => own[which] / tcp[which]
}

function ratio(value: number): string {
  return value.toFixed(2)
}

function phoneFigures(runs: Run[]): Figure[] {
  const value = median(runs.map(toTcp('p50')))
  return [{ what: `${PHONE.name}, median, times TCP`, value, unit: 'x', bar: 1.3 }]
}

function awfulFigures(runs: Run[]): Figure[] {
  const p99 = median(runs.map(({ own }) => own.p99)) / 1000
  const missing = runs.reduce((sum, { own }) => sum + own.missing, 0)
  return [
    { what: `${AWFUL.name}, p99`, value: p99, unit: 's', bar: 3 },
    {
      what: `${AWFUL.name}, fragments missing in ${runs.length} runs`,
      value: missing,
      unit: '',
      bar: 0
    }
  ]
}
