// The power of a holder's disk is cut while it receives a film: what it acknowledged before must be on
// the disk afterwards. The disk is an ext4 on a loop device; the cut is that file system's own
// (test/power/cut-power.py). The control is the same holder without its sync, which must lose blocks:
// if it lost none, this test would prove nothing.
//
//   TEMOIN_CUTS=100 npm test -- power --timeout 3600     the long run

import process from '#process'
import z32 from 'z32'
import test from 'brittle'
import type { Assert } from 'brittle'
import { path } from '../../core/runtime/fs.ts'
import { Acknowledged } from '../helpers/crashes/acknowledged.ts'
import { audit } from '../helpers/crashes/audit.ts'
import { Author } from './author.ts'
import type { Shooting } from './author.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import type { CliProcess } from '../helpers/cli/cli.ts'
import { LoopDisk, whyNoDisks } from '../helpers/crashes/disks.ts'
import { runProgram } from '../helpers/program.ts'
import { eventually } from '../helpers/eventually.ts'
import { seeded } from '../helpers/random.ts'
import type { Random } from '../helpers/random.ts'
import { root } from '../helpers/root.ts'
import { sleep } from '../helpers/sleep.ts'

const CUTS = Number(process.env['TEMOIN_CUTS'] ?? 3)
const CUTS_OF_CONTROL = 1
const SEED = Number(process.env['TEMOIN_SEED'] ?? 1)
const FRAGMENT_EVERY_MS = 20
/** The holder then writes a table by itself, as soon as nothing comes (core/store/wal/early-flush.ts). */
const TABLE_DUE_BYTES = 3_200_000
/** It takes about as long to cut the power as to film this. */
const FILMED_MEANWHILE_BYTES = 300_000
const TIMEOUT_MS = 60_000 + CUTS * 15_000

const CUT_POWER = path.join(root, 'test/power/cut-power.py')
const NO_SYNC = {
  NODE_OPTIONS: '--import=' + path.join(root, 'dist/test/helpers/crashes/no-sync.js')
}

const why = await whyNoDisks('mkfs.ext4', 'python3')
const options = { timeout: TIMEOUT_MS, skip: why !== null }
const titled = (title: string): string => (why === null ? title : `${title} (${why})`)

void test(titled('A power cut takes nothing a holder acknowledged'), options, async (t) => {
  const { acknowledged, missing, broken } = await cutPower(t, CUTS, {})
  t.comment(`${CUTS} cuts, ${acknowledged} blocks acknowledged, ${missing} missing`)
  t.ok(acknowledged > CUTS, 'blocks were acknowledged')
  t.alike(broken, [], 'and every one of them is there, whole')
})

void test(titled('Without its sync a holder loses blocks'), options, async (t) => {
  const { acknowledged, missing } = await cutPower(t, CUTS_OF_CONTROL, NO_SYNC)
  t.comment(`${CUTS_OF_CONTROL} cuts, ${acknowledged} blocks acknowledged, ${missing} missing`)
  t.ok(missing > 0, 'so it is the sync that keeps them')
})

interface Outcome {
  /** Over all cuts. */
  acknowledged: number
  missing: number
  broken: string[]
}

async function cutPower(t: Assert, cuts: number, env: Record<string, string>): Promise<Outcome> {
  const random = seeded(SEED)
  const author = await Author.create(t)
  const disk = await LoopDisk.create(t, 256 + 4 * cuts)
  const storage = path.join(disk.dir, 'holder')
  const holder = await join(t, author, storage)
  const outcome: Outcome = { acknowledged: 0, missing: 0, broken: [] }
  for (let i = 0; i < cuts; i++) {
    const holding = temoin(t, ['hold'], { storage, env })
    const earlier = author.receipts.length
    const film = i % 2 === 0 ? filmIntoTheMidst : filmUntilTablesAreDue
    const beganMs = await cutOnce(disk, holding, () => film(author, random))
    await disk.mount()
    const known = new Acknowledged()
    for (const receipt of author.receipts.slice(earlier)) {
      const { recording, length } = receipt
      if (receipt.atMs < beganMs) known.note({ holder, recording: z32.encode(recording), length })
    }
    const held = await audit(storage, { only: known.recordings(holder) }).catch((err: Error) => {
      outcome.broken.push(err.message)
      return []
    })
    outcome.acknowledged += known.blocks(holder)
    outcome.missing += known.blocksMissing(holder, held)
    outcome.broken.push(...known.broken(holder, held))
  }
  return outcome
}

/** Films to the holder up to some moment, cuts the power then, and says when that was. */
async function cutOnce(
  disk: LoopDisk,
  holding: CliProcess,
  film: () => Promise<Shooting>
): Promise<number> {
  await holding.waitFor('ready')
  const shooting = await film()
  const cut = await runProgram('python3', [CUT_POWER, disk.dir])
  if (cut?.code !== 0) throw new Error('The power was not cut: ' + cut?.err)
  await holding.kill('SIGKILL')
  await shooting.stop()
  await disk.unmount()
  return Number(cut.out)
}

/** Much is on its way at this moment, as at every other. */
async function filmIntoTheMidst(author: Author, random: Random): Promise<Shooting> {
  const earlier = author.receipts.length
  const shooting = author.film({ everyMs: FRAGMENT_EVERY_MS })
  await eventually(() => author.receipts.length > earlier)
  await sleep(random.int(1000))
  return shooting
}

/** The holder has a moment's rest, and is about to write what it has gathered, writes it, or has written it. */
async function filmUntilTablesAreDue(author: Author, random: Random): Promise<Shooting> {
  const pace = { everyMs: FRAGMENT_EVERY_MS, restAfterBytes: TABLE_DUE_BYTES }
  const shooting = author.film(pace)
  const enough = TABLE_DUE_BYTES - FILMED_MEANWHILE_BYTES
  await eventually(() => shooting.filmedBytes() >= enough, { everyMs: 5 })
  await sleep(random.int(80))
  return shooting
}

/** @returns the key of the device that has joined, z32 */
async function join(t: Assert, author: Author, storage: string): Promise<string> {
  await run(t, ['init', '--name', 'holder'], { storage })
  const url = await author.invite(t, 'contact')
  const { last, err } = await run(t, ['join', url], { storage })
  if (last?.event !== 'joined') throw new Error(err)
  return last.device
}
