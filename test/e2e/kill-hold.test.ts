// SIGKILL at random instants of `temoin hold`: while it opens its store, while it catches up, while a
// film comes in. What it acknowledged must be on its disk before it is started again (afterwards it
// would fetch what it had lost, and nobody would know), and what it has must be a film.
//
//   TEMOIN_KILLS=200 npm test -- kill-hold --timeout 3600     the long run

import process from '#process'
import test from 'brittle'
import type { Assert } from 'brittle'
import { Acknowledged } from '../helpers/crashes/acknowledged.ts'
import { audit } from '../helpers/crashes/audit.ts'
import { temoin } from '../helpers/cli/cli.ts'
import type { CliProcess } from '../helpers/cli/cli.ts'
import { createCliCircle } from '../helpers/cli/circle.ts'
import type { CliDevice } from '../helpers/cli/circle.ts'
import { ENDLESS_SECONDS, longClipIn } from '../helpers/films/clip.ts'
import { seeded } from '../helpers/random.ts'
import type { Random } from '../helpers/random.ts'
import { sleep } from '../helpers/sleep.ts'
import { decodeAll } from '../helpers/crashes/recovered.ts'

const KILLS = Number(process.env['TEMOIN_KILLS'] ?? 10)
/** A film is not longer than its clip: every so many kills there is a new one. */
const KILLS_PER_FILM = 20
const SEED = Number(process.env['TEMOIN_SEED'] ?? 1)
const options = { timeout: 120_000 + KILLS * 30_000 }

void test('A holder killed at any moment keeps what it acknowledged', options, async (t) => {
  const { devices, dir } = await createCliCircle(t, ['contact', 'keeper'])
  const [recorder, ...holders] = devices as [CliDevice, ...CliDevice[]]
  const clip = await longClipIn(dir, { seconds: ENDLESS_SECONDS })
  const tally: Tally = { kills: 0, blocks: 0, decoded: 0, broken: [] }
  for (let kills = 0; kills < KILLS; kills += KILLS_PER_FILM) {
    const filming = temoin(t, ['record', clip, '--pace', 'live'], recorder)
    const { recording } = await filming.waitFor('started')
    const each = Math.min(KILLS_PER_FILM, KILLS - kills) / holders.length
    const kill = (holder: CliDevice, i: number): Promise<void> =>
      killAgainAndAgain(
        t,
        { filming, recording: recording!, holder, tally },
        each,
        SEED + kills + i
      )
    await Promise.all(holders.map(kill))
    await filming.kill('SIGKILL')
  }
  t.alike(tally.broken, [], 'what a killed holder had acknowledged is on its disk, and is a film')
  t.ok(tally.blocks > 0, 'blocks were acknowledged')
  t.ok(tally.kills >= KILLS, 'as often as asked for')
  t.comment(`${tally.kills} kills, ${tally.blocks} acknowledged blocks looked for after them`)
  t.comment(`${tally.decoded} recovered films decoded`)
})

interface Tally {
  kills: number
  /** Acknowledged by the holder that was killed, at each kill. */
  blocks: number
  decoded: number
  broken: string[]
}

interface Scene {
  filming: CliProcess
  recording: string
  holder: CliDevice
  tally: Tally
}

async function killAgainAndAgain(
  t: Assert,
  scene: Scene,
  times: number,
  seed: number
): Promise<void> {
  const random = seeded(seed)
  for (let i = 0; i < times; i++) {
    await killOnce(t, scene, random)
    await lookAtDisk(t, scene)
  }
}

const MOMENTS = ['opening', 'catching up', 'live', 'live'] as const

async function killOnce(t: Assert, { filming, holder }: Scene, random: Random): Promise<void> {
  const seen = filming.events.length
  const holding = temoin(t, ['hold'], holder)
  const moment = random.pick(MOMENTS)
  if (moment !== 'opening') await holding.waitFor('ready')
  if (moment === 'live') await filming.waitFor('held', (line) => grew(line, holder), { from: seen })
  await sleep(random.int(moment === 'catching up' ? 400 : 900))
  await holding.kill('SIGKILL')
  const complaint = holding.events.find(({ event }) => event === 'error')
  if (complaint) t.fail(`hold said: ${complaint['message']}`)
}

function grew({ holders }: any, { device }: CliDevice): boolean {
  return holders.some(
    (holder: any) => holder.device === device && holder.online && holder.length > 0
  )
}

async function lookAtDisk(t: Assert, { filming, recording, holder, tally }: Scene): Promise<void> {
  const held = await audit(holder.storage, { only: [recording] })
  const known = new Acknowledged()
  known.noteEvents(filming.events) // only now: its last words may have been under way
  const films = await decodeAll(t, held)
  tally.kills++
  tally.blocks += known.blocks(holder.device)
  tally.decoded += films.decoded
  tally.broken.push(...known.broken(holder.device, held), ...films.complaints)
}
