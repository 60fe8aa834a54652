// SIGKILL at random instants of `temoin panic`: before its first act nothing has happened; from then on
// nothing in the directory opens anything, and running it again ends what it began.
//
//   TEMOIN_KILLS=200 npm test -- kill-panic --timeout 3600     the long run

import b4a from 'b4a'
import process from '#process'
import test from 'brittle'
import type { Assert } from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import { createCliCircle } from '../helpers/cli/circle.ts'
import { CLIP } from '../helpers/cli/film.ts'
import { crashCopy } from '../helpers/crashes/crash.ts'
import { seeded } from '../helpers/random.ts'
import { examine } from './examiner.ts'

const KILLS = Number(process.env['TEMOIN_KILLS'] ?? 12)
const SEED = Number(process.env['TEMOIN_SEED'] ?? 1)
/** A panic takes about as long, once its process is up. */
const LONGEST_MS = 250

void test(
  'A panic that is killed anywhere leaves nothing that opens, and ends when run again',
  {
    timeout: 120_000 + KILLS * 30_000
  },
  async (t) => {
    const { devices } = await createCliCircle(t, ['contact'])
    const { storage } = devices[0]!
    const film = await run(
      t,
      ['record', CLIP, '--pace', 'fast', '--keep-readable', '--wait', '0'],
      {
        storage
      }
    )
    const { length } = film.last!
    const random = seeded(SEED)
    const stages = new Map<string, number>()
    for (let i = 0; i < KILLS; i++) {
      const dir = await crashCopy(t, storage)
      const stage = await killOnce(t, dir, i % 3 === 0, random.int(LONGEST_MS))
      stages.set(stage, (stages.get(stage) ?? 0) + 1)
      const again = await run(t, ['panic', '--yes'], { storage: dir })
      if (stage !== 'over') t.is(again.code, 0, again.err)
      t.alike(fs.readdirSync(dir), ['kept'], `after "${stage}"`)
      const { recordings, journals } = await examine(t, dir)
      t.alike(
        recordings.map(({ blocks }) => blocks),
        [length],
        'the film that nobody else has is whole'
      )
      t.is(journals, 0)
    }
    t.comment([...stages].map(([stage, count]) => `${count} ${stage}`).join(', '))
    t.ok(
      [...stages.keys()].some((stage) => stage !== 'untouched'),
      'some came in the middle'
    )
  }
)

/** @param early counts from the start of the process; otherwise from when it says that the keys are gone */
async function killOnce(t: Assert, dir: string, early: boolean, ms: number): Promise<string> {
  const seed = read(dir, 'seed')!
  const state = read(dir, 'state')!
  const panicking = temoin(t, ['panic', '--yes'], { storage: dir })
  if (!early) await panicking.waitFor('keys-wiped')
  await new Promise<void>((resolve) => void setTimeout(resolve, early ? ms * 4 : ms))
  await panicking.kill('SIGKILL')
  const left = read(dir, 'seed')
  if (left && b4a.equals(left, seed)) {
    t.ok(b4a.equals(read(dir, 'state')!, state), 'nothing is wiped before the seed')
    return 'untouched'
  }
  t.ok(left === null || left.every((byte) => byte === 0), 'the seed is gone, all of it')
  const found = await examine(t, dir)
  t.absent(found.seed)
  t.alike(found.said, [])
  t.ok(found.recordings.every(({ entries }) => entries.length === 0))
  return stageOf(dir)
}

function stageOf(dir: string): string {
  const names = fs.readdirSync(dir).map(String)
  if (names.includes('store.gone')) return 'removing'
  if (names.includes('store')) return names.includes('kept.tmp') ? 'copying' : 'keys gone'
  return names.includes('seed') ? 'nearly over' : 'over'
}

function read(dir: string, name: string): Uint8Array | null {
  const file = path.join(dir, name)
  return fs.existsSync(file) ? (fs.readFileSync(file) as Uint8Array) : null
}
