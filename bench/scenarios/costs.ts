// What a filmed minute costs: processor, memory, wire, and the same of plain TCP. One after the other: two
// that film at once empty each other's caches, and what that costs is in neither's account alone. Long enough
// that what a process spends on starting does not count for much.

import { path } from '../../core/runtime/fs.ts'
import { nowMs } from '../lib/clock.ts'
import { Ethernet, packetsOf } from '../lib/lines/ethernet.ts'
import type { FilmPlan } from '../lib/film-plan.ts'
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

interface Costs {
  recorderCpu: number
  holderCpu: number
  recorderMiB: number
  holderMiB: number
  /** Bytes on the wire for each byte of media and each holder. */
  wire: number
}

export async function costs({ effort, dir, say }: Context): Promise<Report[]> {
  const { costSeconds } = effort
  const fragments = (costSeconds * 1000) / ENTRY_MS
  const film = { fragments, entryMs: ENTRY_MS, bitsPerSecond: BITS_PER_SECOND }
  const place = path.join(dir, 'costs')
  const own = await alone((options) => TemoinRig.open(options), { dir: place, film })
  const tcp = await alone((options) => ControlRig.open('tcp', options), { dir: place, film })
  const { recorderCpu, holderCpu } = own.costs
  say(`costs: recorder ${recorderCpu.toFixed(2)} s, holder ${holderCpu.toFixed(2)} s`)
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
    const costs = await costsOf(rig, { ...film, startAtMs: nowMs() + LEAD_MS }, line)
    await rig.close()
    return { costs, packets: packetsOf(line) }
  } finally {
    line?.close()
  }
}

/** The wire is counted where it is, and by the engine's own counters where there is no such place. */
async function costsOf(rig: Rig, plan: FilmPlan, line: Ethernet | null): Promise<Costs> {
  const before = line?.bytes() ?? 0
  const film = await rig.film(plan, DRAIN_MS)
  const wireBytes = line ? line.bytes() - before : film.wireBytes
  const perMinute = (cpuSeconds: number): number => (cpuSeconds * 60) / film.seconds
  return {
    recorderCpu: perMinute(film.recorder.cpuSeconds),
    holderCpu: perMinute(mean(film.holders.map(({ cpuSeconds }) => cpuSeconds))),
    recorderMiB: film.recorder.peakMiB,
    holderMiB: Math.max(...film.holders.map(({ peakMiB }) => peakMiB)),
    wire: wireBytes / film.mediaBytes / HOLDERS
  }
}

function reportOf(seconds: number, own: Costs, tcp: Costs, packets: string): Report {
  return {
    name: 'costs',
    title: 'What a filmed minute costs',
    columns: [
      '',
      'recorder, CPU s',
      'each holder, CPU s',
      'recorder, peak MiB',
      'largest holder, peak MiB',
      'wire bytes per media byte and holder'
    ],
    rows: [rowOf('temoin', own), rowOf('TCP', tcp)],
    figures: figuresOf(own),
    notes: [
      `A film of ${seconds} s on three holders, 250 ms entries, 2.5 Mbit/s; engine and TCP one after the other, each with the machine to itself. CPU: user and system time of the whole process, for a minute of film. Memory: the most the process ever held. Wire: everything between all devices, also what holders tell one another, headers of IP included.`,
      packets
    ]
  }
}

function rowOf(name: string, c: Costs): string[] {
  return [
    name,
    c.recorderCpu.toFixed(2),
    c.holderCpu.toFixed(2),
    c.recorderMiB.toFixed(0),
    c.holderMiB.toFixed(0),
    c.wire === 0 ? '' : c.wire.toFixed(3)
  ]
}

function figuresOf(c: Costs): Figure[] {
  return [
    { what: 'recorder, CPU per filmed minute', value: c.recorderCpu, unit: 's', bar: 2 },
    { what: 'holder, CPU per filmed minute', value: c.holderCpu, unit: 's', bar: 1 },
    { what: 'recorder, memory', value: c.recorderMiB, unit: 'MiB', bar: 130 },
    { what: 'holder, memory', value: c.holderMiB, unit: 'MiB', bar: 110 },
    { what: 'wire bytes per media byte and holder', value: c.wire, unit: '', bar: 1.08 }
  ]
}
