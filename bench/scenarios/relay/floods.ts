// A film that a relay takes in while others want its time: strangers, a member that was cut off, a member of
// another circle that has used up its quota and films on. Beside the same film in peace.

import { hex } from '../../lib/hex.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { path } from '../../../core/runtime/fs.ts'
import { nowMs, sleep } from '../../lib/clock.ts'
import type { FilmPlan } from '../../lib/film-plan.ts'
import { Role } from '../../lib/role.ts'
import { spread } from '../../lib/report/stats.ts'
import type { Spread } from '../../lib/report/stats.ts'
import { RelayRig } from '../../rigs/relay.ts'
import { BITS_PER_SECOND } from '../scenario.ts'
import type { Context, Report } from '../scenario.ts'

const ENTRY_MS = 250
const LEAD_MS = 700
const DRAIN_MS = 15_000
const MIB = 2 ** 20
/** The relay has heard by then that a member was cut off. */
const HEARS_WITHIN_MS = 2000
/** What the circle that films too much may have: seconds of its film. */
const QUOTA_BYTES = 2 * MIB

interface Stretch extends Spread {
  what: string
  cpuSeconds: number
  peakMiB: number
  /** What came of it for who flooded. */
  outcome: string
}

export async function relayFloods({ effort, dir, say }: Context): Promise<Report[]> {
  const rig = new RelayRig({ phones: 2, dir: path.join(dir, 'relay-floods') })
  const flooder = new Role('flooder')
  await rig.open()
  const seconds = effort.roundSeconds
  const inPeace = (what: string): Promise<Stretch> =>
    stretch(rig, what, seconds, async () => async () => '')
  await inPeace('warm-up')
  const stretches = [await inPeace('quiet')]
  stretches.push(await stretch(rig, 'strangers', seconds, () => flood(rig, flooder)))
  const seed = await cutOff(rig)
  stretches.push(await stretch(rig, 'a member cut off', seconds, () => flood(rig, flooder, seed)))
  stretches.push(await overQuota(rig, seconds))
  stretches.push(await inPeace('quiet again'))
  for (const { what, p99 } of stretches) say(`relay-floods: ${what}: p99 ${p99.toFixed(1)} ms`)
  await Promise.all([rig.close(), flooder.stop()])
  return [reportOf(seconds, stretches)]
}

/** Begins something, and ends it with a word on what came of it. */
type Meanwhile = () => Promise<() => Promise<string>>

async function stretch(
  rig: RelayRig,
  what: string,
  seconds: number,
  meanwhile: Meanwhile
): Promise<Stretch> {
  await rig.relay.call('forget')
  await rig.relay.call('watch')
  const end = await meanwhile()
  const { durableMs, usage } = await rig.film(planOf(seconds), DRAIN_MS, [rig.phones[0]!])
  const outcome = await end()
  const peakMiB: number = await rig.relay.call('peak')
  return { what, ...spread(durableMs), cpuSeconds: usage.cpuSeconds, peakMiB, outcome }
}

function planOf(seconds: number): FilmPlan {
  const fragments = (seconds * 1000) / ENTRY_MS
  return {
    ...{ startAtMs: nowMs() + LEAD_MS, fragments, entryMs: ENTRY_MS },
    bitsPerSecond: BITS_PER_SECOND
  }
}

/** @param seed of who floods; strangers under keys they make up where there is none */
async function flood(rig: RelayRig, flooder: Role, seed?: string): Promise<() => Promise<string>> {
  const where = await rig.relay.call('where')
  const flooding = flooder.call('strangers', { ...where, ...(seed === undefined ? {} : { seed }) })
  return async () => {
    await flooder.call('calm')
    const { knocks, packets, answered } = await flooding
    return `${knocks} handshakes, ${packets} packets, ${answered} answered`
  }
}

/** A member of the circle that films, until its owner cut it off. @returns its seed */
async function cutOff(rig: RelayRig): Promise<string> {
  const seed = hex(randomBytes(32))
  await rig.phones[0]!.call('admit', seed)
  await rig.phones[0]!.call('revoke', seed)
  await sleep(HEARS_WITHIN_MS)
  return seed
}

async function overQuota(rig: RelayRig, seconds: number): Promise<Stretch> {
  const [, circle] = await rig.relay.call('circles')
  await rig.relay.call('limit', { circle, bytes: QUOTA_BYTES })
  return stretch(rig, 'a circle over its quota', seconds, async () => {
    const film = rig.phones[1]!.call('film', planOf(seconds))
    return async () => {
      await film
      const taken: number = await rig.relay.call('bytesOf', circle)
      return `${(taken / MIB).toFixed(1)} MiB taken of ${(QUOTA_BYTES / MIB).toFixed(1)}`
    }
  })
}

function reportOf(seconds: number, stretches: Stretch[]): Report {
  const quiet = stretches[0]!
  const lost = stretches.reduce((sum, { missing }) => sum + missing, 0)
  const worst = Math.max(...stretches.map(({ p99 }) => p99))
  return {
    name: 'relay-floods',
    title: 'While somebody floods the relay',
    columns: ['', 'on its disk, p50 / p99', 'missing', 'CPU s', 'MiB more', 'what came of it'],
    rows: stretches.map(({ what, p50, p99, missing, cpuSeconds, peakMiB, outcome }) => [
      what,
      `${p50.toFixed(1)} / ${p99.toFixed(1)} ms`,
      String(missing),
      cpuSeconds.toFixed(2),
      (peakMiB - quiet.peakMiB).toFixed(1),
      outcome
    ]),
    figures: [
      { what: 'relay flooded, film p99', value: worst, unit: 'ms', bar: 1000 },
      { what: 'relay flooded, blocks missing', value: lost, unit: '', bar: 0 }
    ],
    notes: [
      `One film of ${seconds} s in each row into one relay, in one run. Strangers, and the member that was cut off under its own key, begin a hundred handshakes and throw a thousand packets a second. The circle over its quota films beside it all the time; what was on its way when the limit was reached is kept.`
    ]
  }
}
