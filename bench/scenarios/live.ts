// How long a fragment takes from the camera to the disks of all holders, beside plain TCP and plain HTTP
// uploads. All candidates film in the same seconds, each a third of a period after the other: every
// sample has a neighbour of each control under the same load of the machine, and none runs into another.

import { path } from '../../core/runtime/fs.ts'
import { nowMs } from '../lib/clock.ts'
import { Ethernet, packetsOf } from '../lib/lines/ethernet.ts'
import type { FilmPlan } from '../lib/film-plan.ts'
import { median, spread } from '../lib/report/stats.ts'
import { ControlRig } from '../rigs/control.ts'
import type { Filmed, Rig } from '../rigs/rig.ts'
import { TemoinRig } from '../rigs/temoin.ts'
import { BITS_PER_SECOND } from './scenario.ts'
import type { Context, Figure, Report } from './scenario.ts'

const LEAD_MS = 700
const DRAIN_MS = 15_000

interface Setting {
  holders: number
  entryMs: number
  /** Share of the round's usual length: the fleets that matter less film less. */
  share: number
}

const SETTINGS: Setting[] = [
  { holders: 1, entryMs: 250, share: 0.5 },
  { holders: 3, entryMs: 250, share: 1 },
  { holders: 10, entryMs: 250, share: 0.5 },
  { holders: 1, entryMs: 1000, share: 0.5 },
  { holders: 3, entryMs: 1000, share: 1 },
  { holders: 10, entryMs: 1000, share: 0.5 }
]

/** One round: what each candidate took, and the engine as a multiple of each control. */
interface Round {
  p50: number
  p99: number
  ackP50: number
  missing: number
  tcp: { p50: number; p99: number }
  toTcp: { p50: number; p99: number }
  toHttp: { p50: number; p99: number }
}

export async function live(context: Context): Promise<Report[]> {
  const rows: string[][] = []
  const figures: Figure[] = []
  const line = Ethernet.open()
  for (const setting of SETTINGS) {
    const rounds = await measure(context, setting, line)
    rows.push(rowOf(setting, rounds))
    figures.push(...figuresOf(setting, rounds))
  }
  line?.close()
  return [{ ...LIVE, notes: [...LIVE.notes, packetsOf(line)], rows, figures }]
}

const LIVE = {
  name: 'live',
  title: 'From the camera to the disks of all holders',
  columns: [
    'holders',
    'entries',
    'p50',
    'p99',
    'author knows, p50',
    'TCP p50 / p99',
    'x TCP p50 / p99',
    'x HTTP p50 / p99',
    'missing'
  ],
  notes: [
    '2.5 Mbit/s; every device a process of its own on one machine, its disk included. Milliseconds from handing a fragment to the film until the last holder had flushed it. TCP: length-prefixed frames appended to one file, fdatasync, whatever waits sharing one. HTTP: a PUT and a file for each fragment, file and directory synced.',
    'All three film in the same seconds, each a third of a period after the other. A figure is the median over the rounds; a ratio is taken within its round.'
  ]
}

async function measure(
  { effort, dir, say }: Context,
  setting: Setting,
  line: Ethernet | null
): Promise<Round[]> {
  const { holders, entryMs, share } = setting
  const own = path.join(dir, `live-${holders}-${entryMs}`)
  const options = { holders, dir: own, ...(line ? { place: line.place } : {}) }
  const rigs: Rig[] = await Promise.all([
    TemoinRig.open(options),
    ControlRig.open('tcp', options),
    ControlRig.open('http', options)
  ])
  const rounds: Round[] = []
  for (let i = 0; i < effort.rounds; i++) {
    const fragments = Math.ceil((effort.roundSeconds * share * 1000) / entryMs)
    const plan = { fragments, entryMs, bitsPerSecond: BITS_PER_SECOND }
    rounds.push(roundOf(await sideBySide(rigs, plan, i)))
    say(`live: ${holders} holders, ${entryMs} ms, round ${i + 1}: ${tell(rounds[i]!)}`)
  }
  await Promise.all(rigs.map((rig) => rig.close()))
  return rounds
}

/**
 * Lets every rig film the same, each a part of a period after the one before.
 *
 * @param turn who goes first changes with it, so that nobody always follows the same neighbour
 */
function sideBySide(
  rigs: Rig[],
  plan: Omit<FilmPlan, 'startAtMs'>,
  turn: number
): Promise<Filmed[]> {
  const startAtMs = nowMs() + LEAD_MS
  const films = rigs.map((rig, i) => {
    const offsetMs = (((i + turn) % rigs.length) * plan.entryMs) / rigs.length
    return rig.film({ ...plan, startAtMs: startAtMs + offsetMs }, DRAIN_MS)
  })
  return Promise.all(films)
}

function roundOf([temoin, tcp, http]: Filmed[]): Round {
  const own = spread(temoin!.durableMs)
  const limit = spread(tcp!.durableMs)
  const upload = spread(http!.durableMs)
  return {
    ...own,
    ackP50: spread(temoin!.ackedMs).p50,
    tcp: limit,
    toTcp: { p50: own.p50 / limit.p50, p99: own.p99 / limit.p99 },
    toHttp: { p50: own.p50 / upload.p50, p99: own.p99 / upload.p99 }
  }
}

function rowOf({ holders, entryMs }: Setting, rounds: Round[]): string[] {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick))
  const ms = (value: number): string => value.toFixed(1)
  const x = (value: number): string => value.toFixed(2)
  return [
    String(holders),
    `${entryMs} ms`,
    ms(of(({ p50 }) => p50)),
    ms(of(({ p99 }) => p99)),
    ms(of(({ ackP50 }) => ackP50)),
    `${ms(of(({ tcp }) => tcp.p50))} / ${ms(of(({ tcp }) => tcp.p99))}`,
    `${x(of(({ toTcp }) => toTcp.p50))} / ${x(of(({ toTcp }) => toTcp.p99))}`,
    `${x(of(({ toHttp }) => toHttp.p50))} / ${x(of(({ toHttp }) => toHttp.p99))}`,
    String(rounds.reduce((sum, { missing }) => sum + missing, 0))
  ]
}

function figuresOf({ holders, entryMs }: Setting, rounds: Round[]): Figure[] {
  if (holders !== 3 || entryMs !== 250) return []
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick))
  const what = '3 holders, 250 ms entries'
  return [
    { what: what + ', median, times TCP', value: of(({ toTcp }) => toTcp.p50), unit: 'x', bar: 3 },
    { what: what + ', p99, times TCP', value: of(({ toTcp }) => toTcp.p99), unit: 'x', bar: 2.5 }
  ]
}

function tell({ p50, p99, toTcp }: Round): string {
  const ratios = `${toTcp.p50.toFixed(2)} and ${toTcp.p99.toFixed(2)} times TCP`
  return `${p50.toFixed(1)} / ${p99.toFixed(1)} ms, ${ratios}`
}
