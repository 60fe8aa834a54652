// What a filmed minute costs: processor, memory, wire, beside plain TCP filming the same minute. Long
// enough that what a process spends on starting does not count for much.

import { path } from '../../core/runtime/fs.ts'
import { nowMs } from '../lib/clock.ts'
import { mean } from '../lib/stats.ts'
import { ControlRig } from '../rigs/control.ts'
import type { Filmed, Rig } from '../rigs/rig.ts'
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
  const options = { holders: HOLDERS, dir: path.join(dir, 'costs') }
  const rigs: Rig[] = [await TemoinRig.open(options), await ControlRig.open('tcp', options)]
  const fragments = (effort.costSeconds * 1000) / ENTRY_MS
  const startAtMs = nowMs() + LEAD_MS
  const plan = { startAtMs, fragments, entryMs: ENTRY_MS, bitsPerSecond: BITS_PER_SECOND }
  const films = rigs.map((rig, i) =>
    rig.film({ ...plan, startAtMs: startAtMs + (i * ENTRY_MS) / 2 }, DRAIN_MS)
  )
  const [own, tcp] = (await Promise.all(films)).map(costsOf)
  await Promise.all(rigs.map((rig) => rig.close()))
  say(`costs: recorder ${own!.recorderCpu.toFixed(2)} s, holder ${own!.holderCpu.toFixed(2)} s`)
  return [reportOf(effort.costSeconds, own!, tcp!)]
}

function costsOf(film: Filmed): Costs {
  const perMinute = (cpuSeconds: number): number => (cpuSeconds * 60) / film.seconds
  return {
    recorderCpu: perMinute(film.recorder.cpuSeconds),
    holderCpu: perMinute(mean(film.holders.map(({ cpuSeconds }) => cpuSeconds))),
    recorderMiB: film.recorder.peakMiB,
    holderMiB: Math.max(...film.holders.map(({ peakMiB }) => peakMiB)),
    wire: film.wireBytes / film.mediaBytes / HOLDERS
  }
}

function reportOf(seconds: number, own: Costs, tcp: Costs): Report {
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
      `A film of ${seconds} s on three holders, 250 ms entries, 2.5 Mbit/s. CPU: user and system time of the whole process, for a minute of film. Memory: the most the process ever held. Wire: every UDP packet of the recorder both ways, IP and UDP headers included; not told for TCP.`
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
