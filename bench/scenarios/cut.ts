// The line is dead for ten seconds while the film goes on: how soon after it is back all three holders
// have everything. Plain TCP beside it, on a link of its own that is cut at the same moments.

import { path } from '../../core/runtime/fs.ts'
import { EmulatedLink, whyNoLink } from '../lib/lines/emulated-link.ts'
import type { Line } from '../lib/lines/emulated-link.ts'
import { nowMs, sleepUntil } from '../lib/clock.ts'
import { median } from '../lib/report/stats.ts'
import { ControlRig } from '../rigs/control.ts'
import type { Filmed, Rig } from '../rigs/rig.ts'
import { TemoinRig } from '../rigs/temoin.ts'
import { BITS_PER_SECOND } from './scenario.ts'
import type { Context, Report } from './scenario.ts'

const LINE: Line = { name: 'clean', roundTripMs: 10, lossPercent: 0, kilobits: 0 }
const HOLDERS = 3
const ENTRY_MS = 250
const LEAD_MS = 1000
const CUT_AFTER_MS = 3000
const CUT_MS = 10_000
const AFTER_MS = 6000
const DRAIN_MS = 20_000

export async function cut(context: Context): Promise<Report[]> {
  const why = whyNoLink()
  if (why !== null) {
    context.say(`cut: skipped: ${why}`)
    return []
  }
  const seconds: { own: number; tcp: number }[] = []
  const count = context.effort.mode === 'quick' ? 1 : 3
  for (let i = 0; i < count; i++) {
    seconds.push(await cutOnce(context, i))
    const { own, tcp } = seconds[i]!
    context.say(`cut: made good after ${own.toFixed(2)} s, TCP ${tcp.toFixed(2)} s`)
  }
  const own = median(seconds.map(({ own }) => own))
  const tcp = median(seconds.map(({ tcp }) => tcp))
  return [
    {
      name: 'cut',
      title: 'A line that is dead for ten seconds',
      columns: ['', 'made good after'],
      rows: [
        ['temoin', own.toFixed(2) + ' s'],
        ['TCP', tcp.toFixed(2) + ' s']
      ],
      figures: [{ what: 'cut of 10 s made good', value: own, unit: 's', bar: 1.5 }],
      notes: [
        `Three holders behind one link of 10 ms, every packet dropped for 10 s in mid-film. From the moment the line is back until everything filmed up to then is flushed on all three; median of ${count}.`
      ]
    }
  ]
}

async function cutOnce({ dir }: Context, round: number): Promise<{ own: number; tcp: number }> {
  const pair = await Promise.all([EmulatedLink.open(LINE), EmulatedLink.open(LINE)])
  const options = { holders: HOLDERS, dir: path.join(dir, 'cut-' + round) }
  const rigs: Rig[] = await Promise.all([
    TemoinRig.open({ ...options, place: pair[0].place }),
    ControlRig.open('tcp', { ...options, place: pair[1].place })
  ])
  const startAtMs = nowMs() + LEAD_MS
  const fragments = (CUT_AFTER_MS + CUT_MS + AFTER_MS) / ENTRY_MS
  const plan = { startAtMs, fragments, entryMs: ENTRY_MS, bitsPerSecond: BITS_PER_SECOND }
  const filming = Promise.all(rigs.map((rig) => rig.film(plan, DRAIN_MS)))
  await sleepUntil(startAtMs + CUT_AFTER_MS)
  for (const link of pair) link.toggleCut()
  await sleepUntil(startAtMs + CUT_AFTER_MS + CUT_MS)
  for (const link of pair) link.toggleCut()
  const backAfterMs = nowMs() - startAtMs
  const [own, tcp] = await filming
  await Promise.all(rigs.map((rig) => rig.close()))
  await Promise.all(pair.map((link) => link.close()))
  return { own: madeGoodAfter(own!, backAfterMs), tcp: madeGoodAfter(tcp!, backAfterMs) }
}

/** Seconds from the line's return until the last fragment of before was on every disk. */
function madeGoodAfter({ durableMs }: Filmed, backAfterMs: number): number {
  const before = durableMs.map((latency, i) => ({ latency, handedMs: (i + 1) * ENTRY_MS }))
  const ends = before
    .filter(({ handedMs }) => handedMs <= backAfterMs)
    .map(({ latency, handedMs }) => handedMs + latency - backAfterMs)
  return Math.max(...ends) / 1000
}
