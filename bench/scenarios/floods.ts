// A film while its port is flooded by strangers, and its link by a member that turned, beside the same
// film left in peace: what the recorder holds in memory, how late the film comes, how long a link takes.

import { hex } from '../lib/hex.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import { path } from '../../core/runtime/fs.ts'
import { nowMs, sleep } from '../lib/clock.ts'
import { Role } from '../lib/role.ts'
import { median, spread } from '../lib/report/stats.ts'
import type { Spread } from '../lib/report/stats.ts'
import { TemoinRig } from '../rigs/temoin.ts'
import { BITS_PER_SECOND } from './scenario.ts'
import type { Context, Figure, Report } from './scenario.ts'

const ENTRY_MS = 250
const LEAD_MS = 700
const DRAIN_MS = 15_000
const RELINKS = 7
/** A link that lived for so long is dialled again at once. */
const GOOD_LINK_MS = 3200

const ATTACKS = [
  'channels by the hundred thousand',
  'frames of 16 MiB',
  'tiny messages by the million',
  'messages for channels that are not'
]

interface Stretch extends Spread {
  what: string
  peakMiB: number
  relinkMs: number
  cutMs: number
  /** Strangers answered, members let in again. */
  letIn: number
}

export async function floods({ effort, dir, say }: Context): Promise<Report[]> {
  const rig = await TemoinRig.open({ holders: 1, dir: path.join(dir, 'floods') })
  const flooder = new Role('flooder')
  const seconds = effort.roundSeconds
  await stretch(rig, 'warm-up', seconds, async () => {})
  const stretches = [await stretch(rig, 'quiet', seconds, async () => {}, true)]
  stretches.push(await flooded(rig, flooder, seconds))
  for (const attack of ATTACKS) stretches.push(await turned(rig, flooder, attack, seconds))
  stretches.push(await stretch(rig, 'quiet again', seconds, async () => {}))
  for (const { what, p99, peakMiB } of stretches) {
    say(`floods: ${what}: p99 ${p99.toFixed(1)} ms, ${peakMiB.toFixed(0)} MiB`)
  }
  await Promise.all([rig.close(), flooder.stop()])
  return [reportOf(seconds, stretches)]
}

async function flooded(rig: TemoinRig, flooder: Role, seconds: number): Promise<Stretch> {
  const where = await rig.recorder.call('where')
  const flood = flooder.call('strangers', where)
  const told = await stretch(rig, 'strangers', seconds, async () => {}, true)
  await flooder.call('calm')
  const { knocks, packets, answered } = await flood
  return { ...told, what: `${knocks} strangers, ${packets} packets`, letIn: answered }
}

async function turned(
  rig: TemoinRig,
  flooder: Role,
  attack: string,
  seconds: number
): Promise<Stretch> {
  const seed = hex(randomBytes(32))
  const where = await rig.recorder.call('where')
  const member = { seed, attack, ...(await rig.recorder.call('admit', seed)) }
  let outcome = { cutMs: NaN, again: true }
  const told = await stretch(rig, attack, seconds, async () => {
    await sleep(LEAD_MS + (seconds * 1000) / 3)
    outcome = await flooder.call('turn', { ...where, member })
  })
  return { ...told, cutMs: outcome.cutMs, letIn: Number(outcome.again) }
}

/** Films, and what else is to happen meanwhile. @param relinks whether links are timed as well */
async function stretch(
  rig: TemoinRig,
  what: string,
  seconds: number,
  meanwhile: () => Promise<void>,
  relinks = false
): Promise<Stretch> {
  await rig.recorder.call('watch')
  const fragments = (seconds * 1000) / ENTRY_MS
  const startAtMs = nowMs() + LEAD_MS
  const plan = { startAtMs, fragments, entryMs: ENTRY_MS, bitsPerSecond: BITS_PER_SECOND }
  const [film] = await Promise.all([rig.film(plan, DRAIN_MS), meanwhile()])
  const peakMiB: number = await rig.recorder.call('peak')
  const relinkMs = relinks ? median(await relink(rig.holders[0]!)) : NaN
  return { what, peakMiB, relinkMs, cutMs: NaN, letIn: 0, ...spread(film.durableMs) }
}

async function relink(holder: Role): Promise<number[]> {
  const tookMs: number[] = []
  for (let i = 0; i < RELINKS; i++) {
    await sleep(GOOD_LINK_MS)
    tookMs.push(await holder.call('relink'))
  }
  return tookMs
}

function reportOf(seconds: number, stretches: Stretch[]): Report {
  const [quiet, strangers, ...rest] = stretches as [Stretch, Stretch, ...Stretch[]]
  const number = (value: number, digits: number): string =>
    Number.isNaN(value) ? '' : value.toFixed(digits)
  const rows = stretches.map(({ what, p50, p99, missing, peakMiB, relinkMs, cutMs, letIn }) => [
    what,
    `${p50.toFixed(1)} / ${p99.toFixed(1)}`,
    String(missing),
    `${(peakMiB - quiet.peakMiB).toFixed(1)}`,
    number(relinkMs, 0),
    number(cutMs, 0),
    String(letIn)
  ])
  const attacks = rest.filter(({ cutMs }) => !Number.isNaN(cutMs))
  return {
    name: 'floods',
    title: 'While somebody floods the device that films',
    columns: ['', 'p50 / p99', 'missing', 'MiB more', 'to link', 'cut after', 'let in'],
    rows,
    figures: figuresOf(quiet, strangers, attacks, stretches),
    notes: [
      `One recorder, one holder, ${seconds} s of film in each row, one after another in one run; milliseconds. MiB more: the recorder's worst moment beside that of the quiet row. To link: median of ${RELINKS} times that a holder cut its link and had the next.`,
      'Strangers begin handshakes under keys of their own and throw noise and made-up packets of the DHT at the port. A member that turned attacks once in each row, and then tries to link again.'
    ]
  }
}

function figuresOf(
  quiet: Stretch,
  strangers: Stretch,
  attacks: Stretch[],
  all: Stretch[]
): Figure[] {
  const more = ({ peakMiB }: Stretch): number => peakMiB - quiet.peakMiB
  const lost = all.reduce((sum, { missing }) => sum + missing, 0)
  const letIn = all.reduce((sum, stretch) => sum + stretch.letIn, 0)
  const slower = strangers.relinkMs / quiet.relinkMs
  const worst = (pick: (stretch: Stretch) => number): number => Math.max(...attacks.map(pick))
  return [
    { what: 'flooded by strangers, memory', value: more(strangers), unit: 'MiB', bar: 10 },
    { what: 'flooded by strangers, time to link', value: slower, unit: 'x', bar: 2 },
    { what: 'flooded by a member, memory', value: worst(more), unit: 'MiB', bar: 64 },
    {
      what: 'flooded by a member, cut after',
      value: worst(({ cutMs }) => cutMs),
      unit: 'ms',
      bar: 2000
    },
    { what: 'floods, fragments missing', value: lost, unit: '', bar: 0 },
    { what: 'floods, strangers and outcasts let in', value: letIn, unit: '', bar: 0 }
  ]
}
