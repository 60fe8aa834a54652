// What a filmed minute costs: processor, memory, wire, and the same of plain TCP. One after the other: two
// that film at once empty each other's caches, and what that costs is in neither's account alone. What is paid
// once stands by itself: a process that starts and joins, and the first minute, in which code is compiled and
// a recording begun; the minutes after it are what a long film costs.

import { path } from '../../core/runtime/fs.ts'
import { nowMs, sleepUntil } from '../lib/clock.ts'
import { Ethernet, packetsOf } from '../lib/lines/ethernet.ts'
import type { FilmPlan } from '../lib/film-plan.ts'
import type { Usage } from '../lib/counted/usage.ts'
import { mean } from '../lib/report/stats.ts'
import { ControlRig } from '../rigs/control.ts'
import type { Rig, RigOptions } from '../rigs/rig.ts'
import { TemoinRig } from '../rigs/temoin.ts'
import { BITS_PER_SECOND } from './scenario.ts'
import type { Context, Figure, Report } from './scenario.ts'

const HOLDERS = 3
const ENTRY_MS = 250
const LEAD_MS = 1000
const DRAIN_MS = 10_000

/** How many times as long as the first part of the film the whole of it is. */
const PARTS = 3

/** Seconds of processor time. */
interface Cpu {
  /** From the start of the process until it is linked and may film. */
  before: number
  /** A minute, at the rate of the first part of the film. */
  first: number
  /** A minute of all that comes after, the end of the film included. */
  after: number
}

interface Costs {
  recorder: Cpu
  holder: Cpu
  recorderMiB: number
  holderMiB: number
  /** Bytes on the wire for each byte of media and each holder. */
  wire: number
}

export async function costs({ effort, dir, say }: Context): Promise<Report[]> {
  const { costSeconds } = effort
  const fragments = (PARTS * costSeconds * 1000) / ENTRY_MS
  const film = { fragments, entryMs: ENTRY_MS, bitsPerSecond: BITS_PER_SECOND }
  const place = path.join(dir, 'costs')
  const own = await alone((options) => TemoinRig.open(options), { dir: place, film })
  const tcp = await alone((options) => ControlRig.open('tcp', options), { dir: place, film })
  const { recorder, holder } = own.costs
  say(`costs: recorder ${recorder.after.toFixed(2)} s, holder ${holder.after.toFixed(2)} s`)
  return [reportOf(costSeconds, own.costs, tcp.costs, own.packets)]
}

/** One candidate on a network of its own, gone again before the next one starts. */
async function alone(
  open: (options: RigOptions) => Promise<Rig>,
  { dir, film }: { dir: string; film: Omit<FilmPlan, 'startAtMs'> }
): Promise<{ costs: Costs; packets: string }> {
  const line = Ethernet.open()
  try {
    const rig = await open({ holders: HOLDERS, dir, ...(line ? { place: line.place } : {}) })
    const costs = await costsOf(rig, film, line)
    await rig.close()
    return { costs, packets: packetsOf(line) }
  } finally {
    line?.close()
  }
}

/** The wire is counted where it is, and by the engine's own counters where there is no such place. */
async function costsOf(rig: Rig, film: Omit<FilmPlan, 'startAtMs'>, line: Ethernet | null) {
  const roles = [rig.recorder, ...rig.holders]
  const bytesBefore = line?.bytes() ?? 0
  const before: number[] = await Promise.all(roles.map((role) => role.call('spent')))
  const plan = { ...film, startAtMs: nowMs() + LEAD_MS }
  const filming = rig.film(plan, DRAIN_MS)
  const firstMs = (film.fragments * film.entryMs) / PARTS
  await sleepUntil(plan.startAtMs + firstMs)
  const first: Usage[] = await Promise.all(roles.map((role) => role.call('usage')))
  const filmed = await filming
  const wireBytes = line ? line.bytes() - bytesBefore : filmed.wireBytes
  const all = [filmed.recorder, ...filmed.holders].map(({ cpuSeconds }, i): Cpu => {
    const firstPart = first[i]!.cpuSeconds
    const perMinute = 60_000 / firstMs
    const after = ((cpuSeconds - firstPart) * perMinute) / (PARTS - 1)
    return { before: before[i]!, first: firstPart * perMinute, after }
  })
  return {
    recorder: all[0]!,
    holder: meanOf(all.slice(1)),
    recorderMiB: filmed.recorder.peakMiB,
    holderMiB: Math.max(...filmed.holders.map(({ peakMiB }) => peakMiB)),
    wire: wireBytes / filmed.mediaBytes / HOLDERS
  }
}

function meanOf(all: Cpu[]): Cpu {
  const of = (part: keyof Cpu): number => mean(all.map((cpu) => cpu[part]))
  return { before: of('before'), first: of('first'), after: of('after') }
}

function reportOf(seconds: number, own: Costs, tcp: Costs, packets: string): Report {
  return {
    name: 'costs',
    title: 'What a filmed minute costs',
    columns: [
      '',
      'recorder: start, first minute, each after, CPU s',
      'each holder: start, first minute, each after, CPU s',
      'recorder, peak MiB',
      'largest holder, peak MiB',
      'wire bytes per media byte and holder'
    ],
    rows: [rowOf('temoin', own), rowOf('TCP', tcp)],
    figures: figuresOf(own),
    notes: [
      `A film of ${PARTS * seconds} s on three holders, 250 ms entries, 2.5 Mbit/s; engine and TCP one after the other, each with the machine to itself. CPU: user and system time of the whole process. Start: until it has started, joined and is linked, which no film pays twice. First minute: of the first ${seconds} s of film, from a second before, in which the recording is opened and most code is compiled. Each after: of the rest, with the end of the film; what a bar is for. Memory: the most the process ever held. Wire: everything between all devices, also what holders tell one another, headers of IP included.`,
      packets
    ]
  }
}

function rowOf(name: string, c: Costs): string[] {
  return [
    name,
    told(c.recorder),
    told(c.holder),
    c.recorderMiB.toFixed(0),
    c.holderMiB.toFixed(0),
    c.wire === 0 ? '' : c.wire.toFixed(3)
  ]
}

function told({ before, first, after }: Cpu): string {
  return [before, first, after].map((seconds) => seconds.toFixed(2)).join(' / ')
}

function figuresOf(c: Costs): Figure[] {
  return [
    { what: 'recorder, CPU per filmed minute', value: c.recorder.after, unit: 's', bar: 2 },
    { what: 'holder, CPU per filmed minute', value: c.holder.after, unit: 's', bar: 1 },
    { what: 'recorder, memory', value: c.recorderMiB, unit: 'MiB', bar: 130 },
    { what: 'holder, memory', value: c.holderMiB, unit: 'MiB', bar: 110 },
    { what: 'wire bytes per media byte and holder', value: c.wire, unit: '', bar: 1.08 }
  ]
}
