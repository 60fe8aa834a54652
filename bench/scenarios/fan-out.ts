// Ten holders: what leaves the author and how soon all ten have it, with two first hops as by default, and
// with everybody fed by the author. Both film in the same seconds, half a period apart; on the loopback,
// and each behind an uplink of its own that carries twice the film and some.

import { path } from '../../core/runtime/fs.ts'
import { nowMs } from '../lib/clock.ts'
import { EmulatedLink, whyNoLink } from '../lib/lines/emulated-link.ts'
import type { Line } from '../lib/lines/emulated-link.ts'
import { Ethernet, packetsOf } from '../lib/lines/ethernet.ts'
import { median, spread } from '../lib/report/stats.ts'
import type { Spread } from '../lib/report/stats.ts'
import type { Filmed, Place, Rig } from '../rigs/rig.ts'
import { LOOPBACK } from '../rigs/rig.ts'
import { TemoinRig } from '../rigs/temoin.ts'
import { BITS_PER_SECOND } from './scenario.ts'
import type { Context, Figure, Report } from './scenario.ts'

const HOLDERS = 10
const ENTRY_MS = 250
const LEAD_MS = 1500
const DRAIN_MS = 30_000
const UPLINK: Line = {
  name: 'uplink of 6 Mbit/s, 60 ms',
  roundTripMs: 60,
  lossPercent: 0,
  kilobits: 6000
}

interface One extends Spread {
  /** Bytes that left the author for each byte of media. */
  sent: number
}

interface Round {
  hops: One
  direct: One
}

export async function fanOut(context: Context): Promise<Report[]> {
  const { effort, say } = context
  const line = Ethernet.open()
  const place = line?.place ?? LOOPBACK
  const clean = await rounds(context, [place, place], effort.roundSeconds)
  line?.close()
  const rows = rowsOf('loopback', clean)
  const figures = cleanFigures(clean)
  const why = whyNoLink()
  if (why !== null) say(`fan-out: the uplink is skipped: ${why}`)
  else {
    const scarce = await behindUplinks(context)
    rows.push(...rowsOf(UPLINK.name, scarce))
    figures.push(...scarceFigures(scarce))
  }
  return [{ ...FAN_OUT, notes: [...FAN_OUT.notes, packetsOf(line)], rows, figures }]
}

const FAN_OUT = {
  name: 'fan-out',
  title: 'Ten holders',
  columns: ['line', 'author uploads to', 'p50', 'p99', 'missing', 'sent / media'],
  notes: [
    '2.5 Mbit/s, 250 ms entries. Milliseconds from handing over a fragment until the last of ten holders had flushed it; bytes that left the author, IP and UDP headers, acknowledgements and retransmissions included, for each byte of media. Both film in the same seconds, half a period apart. Missing: not on all ten 30 s after the end.'
  ]
}

async function behindUplinks(context: Context): Promise<Round[]> {
  const links = await Promise.all([EmulatedLink.open(UPLINK), EmulatedLink.open(UPLINK)])
  const places = links.map((link) => link.place) as [Place, Place]
  const done = await rounds(context, places, context.effort.lineSeconds)
  await Promise.all(links.map((link) => link.close()))
  return done
}

async function rounds(
  { dir, effort, say }: Context,
  [one, other]: [Place, Place],
  seconds: number
): Promise<Round[]> {
  const own = path.join(dir, `fan-out-${nowMs()}`)
  const rigs = await Promise.all([
    TemoinRig.open({ holders: HOLDERS, dir: path.join(own, 'hops'), place: one }),
    TemoinRig.open({
      holders: HOLDERS,
      dir: path.join(own, 'direct'),
      place: other,
      firstHops: HOLDERS
    })
  ])
  const done: Round[] = []
  for (let i = 0; i < effort.rounds; i++) {
    const [hops, direct] = await sideBySide(rigs, Math.ceil((seconds * 1000) / ENTRY_MS))
    done.push({ hops: oneOf(hops!), direct: oneOf(direct!) })
    say(`fan-out: ${tell(done[i]!.hops)}; direct ${tell(done[i]!.direct)}`)
  }
  await Promise.all(rigs.map((rig) => rig.close()))
  return done
}

function sideBySide(rigs: Rig[], fragments: number): Promise<Filmed[]> {
  const startAtMs = nowMs() + LEAD_MS
  const plan = { fragments, entryMs: ENTRY_MS, bitsPerSecond: BITS_PER_SECOND }
  return Promise.all(
    rigs.map((rig, i) =>
      rig.film({ ...plan, startAtMs: startAtMs + (i * ENTRY_MS) / rigs.length }, DRAIN_MS)
    )
  )
}

function oneOf({ durableMs, sentBytes, mediaBytes }: Filmed): One {
  return { ...spread(durableMs), sent: sentBytes / mediaBytes }
}

function tell({ p50, p99, missing, sent }: One): string {
  return `${p50.toFixed(0)} / ${p99.toFixed(0)} ms, ${missing} missing, ${sent.toFixed(2)} times the media`
}

function rowsOf(line: string, rounds: Round[]): string[][] {
  return [
    rowOf(
      line,
      'two',
      rounds.map(({ hops }) => hops)
    ),
    rowOf(
      line,
      'all ten',
      rounds.map(({ direct }) => direct)
    )
  ]
}

function rowOf(line: string, who: string, all: One[]): string[] {
  const of = (pick: (one: One) => number): number => median(all.map(pick))
  const missing = all.reduce((sum, one) => sum + one.missing, 0)
  return [
    line,
    who,
    of(({ p50 }) => p50).toFixed(1),
    of(({ p99 }) => p99).toFixed(1),
    String(missing),
    of(({ sent }) => sent).toFixed(2)
  ]
}

function cleanFigures(rounds: Round[]): Figure[] {
  const of = (pick: (round: Round) => number): number => median(rounds.map(pick))
  return [
    {
      what: 'ten holders, bytes that left the author',
      value: of(({ hops }) => hops.sent),
      unit: 'x',
      bar: 2.2
    },
    {
      what: 'ten holders, median, times direct',
      value: of(({ hops, direct }) => hops.p50 / direct.p50),
      unit: 'x',
      bar: 2
    }
  ]
}

function scarceFigures(rounds: Round[]): Figure[] {
  const value = median(rounds.map(({ hops }) => hops.p99)) / 1000
  return [{ what: `ten holders, ${UPLINK.name}, p99`, value, unit: 's', bar: 2 }]
}
