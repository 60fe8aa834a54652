// SIGKILL at random instants of `temoin-relay run`, under films of several circles at once: while it opens its store,
// while it catches up, while blocks come in. What it acknowledged must be on its disk before it is started
// again (afterwards it would fetch what it had lost, and nobody would know).
//
//   TEMOIN_KILLS=100 TEMOIN_FILMS=20 npm test -- relay/kill --timeout 3600     the long run

import process from '#process'
import test from 'brittle'
import type { Assert } from 'brittle'
import { Acknowledged } from '../../helpers/crashes/acknowledged.ts'
import { audit } from '../../helpers/crashes/audit.ts'
import { temoin } from '../../helpers/cli/cli.ts'
import type { CliProcess } from '../../helpers/cli/cli.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import type { CliDevice } from '../../helpers/cli/circle.ts'
import { ENDLESS_SECONDS, longClipIn } from '../../helpers/films/clip.ts'
import { seeded } from '../../helpers/random.ts'
import type { Random } from '../../helpers/random.ts'
import { createCliRelay } from '../../helpers/cli/relay.ts'

const KILLS = Number(process.env['TEMOIN_KILLS'] ?? 6)
const FILMS = Number(process.env['TEMOIN_FILMS'] ?? 2)
const SEED = Number(process.env['TEMOIN_SEED'] ?? 1)
/** A film is not longer than its clip: every so many kills there are new ones. */
const KILLS_PER_CLIP = 20
const options = { timeout: 120_000 + KILLS * 30_000 + FILMS * 10_000 }

test('a relay killed at any moment keeps what it acknowledged of all films', options, async (t) => {
  const { phones, relay, dir } = await strangersOfOneRelay(t)
  const clip = await longClipIn(dir, { seconds: ENDLESS_SECONDS })
  const random = seeded(SEED)
  const tally = { kills: 0, blocks: 0, broken: [] as string[] }
  for (let kills = 0; kills < KILLS; kills += KILLS_PER_CLIP) {
    const films = phones.map((phone) => temoin(t, ['record', clip, '--pace', 'live'], phone))
    await Promise.all(films.map((filming) => filming.waitFor('started')))
    for (let i = kills; i < Math.min(KILLS, kills + KILLS_PER_CLIP); i++) {
      await killOnce(t, { films, relay, random })
      tally.kills++
      const known = new Acknowledged()
      const held = await audit(relay.storage)
      for (const { events } of films) known.noteEvents(events)
      tally.blocks += known.blocks(relay.device)
      tally.broken.push(...known.broken(relay.device, held))
    }
    await Promise.all(films.map((filming) => filming.kill('SIGKILL')))
  }
  t.alike(tally.broken, [], 'what it had acknowledged is on its disk, whole')
  t.ok(
    tally.blocks > 0,
    `${tally.blocks} acknowledged blocks looked for after ${tally.kills} kills`
  )
})

/** A circle for each film: the relay is to be busy, not the phones with one another. */
async function strangersOfOneRelay(
  t: Assert
): Promise<{ phones: CliDevice[]; relay: CliDevice; dir: string }> {
  const dir = await t.tmp()
  const phones: CliDevice[] = []
  let relay: CliDevice | null = null
  for (let i = 0; i < FILMS; i++) {
    const { devices } = await createCliCircle(t, [])
    relay = await createCliRelay(t, devices[0]!, dir)
    phones.push(devices[0]!)
  }
  return { phones, relay: relay!, dir }
}

interface Scene {
  films: CliProcess[]
  relay: CliDevice
  random: Random
}

const MOMENTS = ['opening', 'catching up', 'live', 'live'] as const

async function killOnce(t: Assert, { films, relay, random }: Scene): Promise<void> {
  const seen = films.map(({ events }) => events.length)
  const relaying = temoin(t, ['relay', 'run', '--status-port', 'off', '--keep-free', '100M'], relay)
  const moment = random.pick(MOMENTS)
  if (moment !== 'opening') await relaying.waitFor('ready')
  if (moment === 'live') {
    const live = (line: any): boolean => grew(line, relay)
    await Promise.all(films.map((film, i) => film.waitFor('held', live, { from: seen[i]! })))
  }
  await new Promise((resolve) => void setTimeout(resolve, random.int(900)))
  await relaying.kill('SIGKILL')
  const complaint = relaying.events.find(({ event }) => event === 'error')
  if (complaint) t.fail(`the relay said: ${complaint['message']}`)
}

function grew({ holders }: any, { device }: CliDevice): boolean {
  return holders.some(
    (holder: any) => holder.device === device && holder.online && holder.length > 0
  )
}
