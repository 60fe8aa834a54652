// How many films at once one relay takes: what each costs it, and whether a fragment is on its disk in
// time. The phones run on the same machine, so the number for a core follows from the cost of each.

import { fs, path } from '../../../core/runtime/fs.ts'
import { nowMs } from '../../lib/clock.ts'
import { spread } from '../../lib/report/stats.ts'
import type { Spread } from '../../lib/report/stats.ts'
import { RelayRig } from '../../rigs/relay.ts'
import { BITS_PER_SECOND } from '../scenario.ts'
import type { Context, Effort, Report } from '../scenario.ts'

const SETTINGS: Record<Effort['mode'], { phones: number; entryMs: number }[]> = {
  quick: [{ phones: 2, entryMs: 250 }],
  default: [
    { phones: 1, entryMs: 250 },
    { phones: 5, entryMs: 250 },
    { phones: 20, entryMs: 250 },
    { phones: 20, entryMs: 1000 }
  ],
  full: [
    { phones: 1, entryMs: 250 },
    { phones: 5, entryMs: 250 },
    { phones: 10, entryMs: 250 },
    { phones: 20, entryMs: 250 },
    { phones: 20, entryMs: 1000 }
  ]
}
const LEAD_MS = 2000
const DRAIN_MS = 15_000

interface Load extends Spread {
  phones: number
  entryMs: number
  /** Of the relay, for each minute of each film. */
  cpuSeconds: number
  peakMiB: number
}

export async function relayLive({ effort, dir, say }: Context): Promise<Report[]> {
  const loads: Load[] = []
  for (const setting of SETTINGS[effort.mode]) {
    const own = path.join(dir, 'relay-live')
    const load = await loadOf(own, setting, effort.costSeconds)
    await fs.promises.rm(own, { recursive: true, force: true })
    loads.push(load)
    say(`relay-live: ${load.phones} films, ${load.cpuSeconds.toFixed(2)} s a minute of each`)
  }
  return [reportOf(loads, effort.costSeconds)]
}

async function loadOf(
  dir: string,
  { phones, entryMs }: { phones: number; entryMs: number },
  seconds: number
): Promise<Load> {
  const rig = new RelayRig({ phones, dir })
  await rig.open()
  const fragments = (seconds * 1000) / entryMs
  const plan = { startAtMs: nowMs() + LEAD_MS, fragments, entryMs, bitsPerSecond: BITS_PER_SECOND }
  const { durableMs, usage } = await rig.film(plan, DRAIN_MS)
  await rig.close()
  const cpuSeconds = (usage.cpuSeconds * 60) / seconds / phones
  return { phones, entryMs, ...spread(durableMs), cpuSeconds, peakMiB: usage.peakMiB }
}

function reportOf(loads: Load[], seconds: number): Report {
  const most = loads.filter(({ entryMs }) => entryMs === 250).at(-1)!
  return {
    name: 'relay-live',
    title: 'A relay under many films at once',
    columns: [
      'films at once',
      'entries',
      'on its disk, p50 / p99',
      'missing',
      'CPU s for a minute of each',
      'films for a core',
      'memory'
    ],
    rows: loads.map((load) => [
      String(load.phones),
      `${load.entryMs} ms`,
      `${load.p50.toFixed(0)} / ${load.p99.toFixed(0)} ms`,
      String(load.missing),
      load.cpuSeconds.toFixed(2),
      (60 / load.cpuSeconds).toFixed(0),
      `${load.peakMiB.toFixed(0)} MiB`
    ]),
    figures: [
      { what: `relay, ${most.phones} films at once, p99`, value: most.p99, unit: 'ms', bar: 1000 }
    ],
    notes: [
      `Films of ${seconds} s at 2.5 Mbit/s, a circle for each, phones and relay as processes on this machine. Films for a core: 60 s by what a minute of one costs the relay; so many were not run, as the phones need more than the relay.`
    ]
  }
}
