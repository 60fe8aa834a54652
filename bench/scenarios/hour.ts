// A long film: whether memory stays where it is, and what a minute costs once everything is warm. Only on
// demand, for it takes as long as it says.

import { path } from '../../core/runtime/fs.ts'
import { nowMs, sleepUntil } from '../lib/clock.ts'
import { mean } from '../lib/report/stats.ts'
import type { Usage } from '../lib/counted/usage.ts'
import { TemoinRig } from '../rigs/temoin.ts'
import { BITS_PER_SECOND } from './scenario.ts'
import type { Context, Report } from './scenario.ts'

const HOLDERS = 3
const ENTRY_MS = 250
const EVERY_MS = 60_000
/** Caches fill in the first minutes; what counts is what comes after. */
const SETTLED_AFTER = 10

interface Sample {
  minute: number
  recorderMiB: number
  holderMiB: number
  /** Processor time since the film began, s; of the holders their mean. */
  recorderCpu: number
  holderCpu: number
}

export function hour(minutes: number) {
  return async ({ dir, say }: Context): Promise<Report[]> => {
    const rig = await TemoinRig.open({ holders: HOLDERS, dir: path.join(dir, 'hour') })
    const startAtMs = nowMs() + 1000
    const fragments = (minutes * 60_000) / ENTRY_MS
    const plan = { startAtMs, fragments, entryMs: ENTRY_MS, bitsPerSecond: BITS_PER_SECOND }
    const filming = rig.film(plan, 20_000)
    const samples: Sample[] = []
    for (let minute = 1; minute <= minutes; minute++) {
      await sleepUntil(startAtMs + minute * EVERY_MS - 1000)
      samples.push(await sample(rig, minute))
      say(`hour: minute ${minute}: ${tell(samples[samples.length - 1]!)}`)
    }
    const { durableMs } = await filming
    await rig.close()
    return [reportOf(samples, durableMs.filter((latency) => latency === Infinity).length)]
  }
}

async function sample(rig: TemoinRig, minute: number): Promise<Sample> {
  const held: number[] = await Promise.all(rig.holders.map((role) => role.call('resident')))
  const recorderMiB: number = await rig.recorder.call('resident')
  const used: Usage[] = await Promise.all(rig.holders.map((role) => role.call('usage')))
  const { cpuSeconds: recorderCpu }: Usage = await rig.recorder.call('usage')
  const holderCpu = mean(used.map(({ cpuSeconds }) => cpuSeconds))
  return { minute, recorderMiB, holderMiB: Math.max(...held), recorderCpu, holderCpu }
}

function tell({ recorderMiB, holderMiB, recorderCpu, holderCpu }: Sample): string {
  const memory = `recorder ${recorderMiB.toFixed(0)} MiB, largest holder ${holderMiB.toFixed(0)} MiB`
  return `${memory}; CPU so far ${recorderCpu.toFixed(1)} and ${holderCpu.toFixed(1)} s`
}

function reportOf(samples: Sample[], missing: number): Report {
  const settled = samples[Math.min(SETTLED_AFTER, samples.length) - 1]!
  const last = samples[samples.length - 1]!
  const minutes = Math.max(1, last.minute - settled.minute)
  const cost = (of: (sample: Sample) => number): number => (of(last) - of(settled)) / minutes
  const growth = (of: (sample: Sample) => number): number => 100 * (of(last) / of(settled) - 1)
  const rows = [settled, last].map(({ minute, recorderMiB, holderMiB, recorderCpu, holderCpu }) => [
    String(minute),
    recorderMiB.toFixed(0),
    holderMiB.toFixed(0),
    (recorderCpu / minute).toFixed(2),
    (holderCpu / minute).toFixed(2)
  ])
  const what = ' grows after the first minutes'
  return {
    name: 'hour',
    title: `Memory and processor time over ${last.minute} minutes`,
    columns: [
      'minute',
      'recorder, MiB',
      'largest holder, MiB',
      'recorder, CPU s a minute so far',
      'each holder, CPU s a minute so far'
    ],
    rows,
    figures: [
      { what: 'recorder, CPU a minute', value: cost((s) => s.recorderCpu), unit: 's', bar: 2 },
      { what: 'holder, CPU a minute', value: cost((s) => s.holderCpu), unit: 's', bar: 1 },
      { what: 'recorder' + what, value: growth((s) => s.recorderMiB), unit: '%', bar: 5 },
      { what: 'holder' + what, value: growth((s) => s.holderMiB), unit: '%', bar: 5 }
    ],
    notes: [`Three holders, 250 ms entries, 2.5 Mbit/s, ${missing} fragments missing at the end.`]
  }
}
