// SIGKILL at random instants of `temoin record`: while it starts, while it looks for its holders, while
// it films live or hands on a file as fast as it can. Nothing that a holder acknowledged may be missing
// there, the recorder must start again and go on, and what was recovered must be a film.
//
//   TEMOIN_KILLS=200 npm test -- kill-record --timeout 3600     the long run

import process from '#process'
import test from 'brittle'
import type { Assert } from 'brittle'
import { Acknowledged } from '../helpers/crashes/acknowledged.ts'
import { audit } from '../helpers/crashes/audit.ts'
import type { HeldRecording } from '../helpers/crashes/audit.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import { createCliCircle } from '../helpers/cli/circle.ts'
import type { CliDevice } from '../helpers/cli/circle.ts'
import { longClipIn } from '../helpers/films/clip.ts'
import { seeded } from '../helpers/random.ts'
import type { Random } from '../helpers/random.ts'
import { sleep } from '../helpers/sleep.ts'
import { decodeAll, longest } from '../helpers/crashes/recovered.ts'

const KILLS = Number(process.env['TEMOIN_KILLS'] ?? 10)
/** The holders are killed, too, every so often, and their disks looked at. */
const KILLS_PER_AUDIT = 10
/** A slow machine is otherwise killed each time before any holder has heard of the film. */
const SEEN_EVERY = 3
const SEED = Number(process.env['TEMOIN_SEED'] ?? 1)
const options = { timeout: 120_000 + KILLS * 30_000 }

void test('A recorder killed at any moment costs no acknowledged block', options, async (t) => {
  const { devices, dir } = await createCliCircle(t, ['contact', 'keeper'])
  const [recorder, ...holders] = devices as [CliDevice, ...CliDevice[]]
  const clip = await longClipIn(dir, { seconds: 120 })
  const random = seeded(SEED)
  const known = new Acknowledged()
  const started: string[] = []
  let decoded = 0
  for (let kills = 0; kills < KILLS; kills += KILLS_PER_AUDIT) {
    const holding = holders.map(({ storage }) => temoin(t, ['hold'], { storage }))
    await Promise.all(holding.map((holder) => holder.waitFor('ready')))
    const fresh: string[] = []
    for (let i = 0; i < Math.min(KILLS_PER_AUDIT, KILLS - kills); i++) {
      const acknowledgedBy = i % SEEN_EVERY === 0 ? holders.length : 0
      fresh.push(...(await killOnce(t, { recorder, clip, random, known, acknowledgedBy })))
    }
    await Promise.all(holding.map((holder) => holder.kill('SIGKILL')))
    const copies = await auditAll(holders, fresh)
    for (const [i, { device, name }] of holders.entries()) {
      t.alike(known.broken(device, copies[i]!, fresh), [], `${name} has what it acknowledged`)
    }
    const films = await decodeAll(t, longest(copies))
    t.alike(films.complaints, [], 'and what was recovered is a film')
    decoded += films.decoded
    started.push(...fresh)
  }
  await checkRecorder(t, recorder, started)
  const blocks = holders.map(({ device }) => known.blocks(device))
  t.ok(Math.min(...blocks) > 0, 'blocks were acknowledged')
  t.comment(`${KILLS} kills, ${started.length} recordings, ${blocks} blocks acknowledged`)
  t.comment(`${decoded} recovered films decoded`)
})

interface Scene {
  recorder: CliDevice
  clip: string
  random: Random
  known: Acknowledged
  /** So many holders must have signed for something before it is killed. */
  acknowledgedBy: number
}

/** @returns the recording that had been started by then, if any */
async function killOnce(
  t: Assert,
  { recorder, clip, random, known, acknowledgedBy }: Scene
): Promise<string[]> {
  const pace = random.pick(['live', 'live', 'fast'])
  const early = random.int(4) === 0 && acknowledgedBy === 0
  const filming = temoin(t, ['record', clip, '--pace', pace, '--wait', '60'], recorder)
  if (!early) await filming.waitFor('started')
  const isSeen = ({ holders }: any): boolean =>
    holders.filter((one: any) => one.length > 0).length >= acknowledgedBy
  if (acknowledgedBy > 0) await filming.waitFor('held', isSeen)
  await sleep(random.int(early ? 800 : 1600))
  await filming.kill('SIGKILL')
  known.noteEvents(filming.events)
  const complaint = filming.events.find(({ event }) => event === 'error')
  if (complaint) t.fail(`record said: ${complaint['message']}`)
  return filming.events.flatMap(({ event, recording }) => (event === 'started' ? [recording] : []))
}

/** Its store opens, nothing in it is damaged, and every film names the one that was interrupted. */
async function checkRecorder(t: Assert, recorder: CliDevice, started: string[]): Promise<void> {
  const { code, events } = await run(t, ['list'], recorder)
  const listed = events.map(({ recording }) => recording)
  t.is(code, 0, 'the recorder lists')
  t.ok(
    started.every((key) => listed.includes(key)),
    'every recording it had started'
  )
  const own = await audit(recorder.storage)
  t.alike(
    own.flatMap(({ faults }) => faults),
    [],
    'its own store is sound'
  )
  t.alike(
    own.map(({ previous }) => previous),
    own.map((_, i) => (i > 0 && !own[i - 1]!.sealed ? own[i - 1]!.recording : null)),
    'each film names the one interrupted before it'
  )
}

function auditAll(holders: CliDevice[], only: string[]): Promise<HeldRecording[][]> {
  return Promise.all(holders.map(({ storage }) => audit(storage, { only })))
}
