// A disk fills up while a film runs. A holder's: it says so, takes nothing more, keeps and serves what it
// has, is not counted as safe by the author, and goes on by itself once there is room. The author's own:
// the film ends with that reason or one sentence, and what others hold of it is whole.
// The disk fills at once, so that the database itself meets it, or is merely near its end.

import test from 'brittle'
import type { Assert } from 'brittle'
import { fs } from '../../core/runtime/fs.ts'
import { Acknowledged } from '../helpers/crashes/acknowledged.ts'
import { audit } from '../helpers/crashes/audit.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import type { CliProcess } from '../helpers/cli/cli.ts'
import { createCliCircle, createCliDevice, joinCliCircle } from '../helpers/cli/circle.ts'
import type { CliDevice } from '../helpers/cli/circle.ts'
import { longClipIn } from '../helpers/films/clip.ts'
import { createTmpfs, fill, whyNoDisks } from '../helpers/crashes/disks.ts'
import { eventually } from '../helpers/eventually.ts'

const MEBIBYTES = 160
const TINY_MEBIBYTES = 40
/** A disk on which nothing is left, and one with less left than a store keeps free. */
const LEFT = { 'no room at all': 0, 'less room than is kept free': 16 * 2 ** 20 }

const why = await whyNoDisks()
const options = { timeout: 300_000, skip: why !== null }
const titled = (title: string): string => (why === null ? title : `${title} (${why})`)

for (const [left, leftBytes] of Object.entries(LEFT)) {
  void test(titled(`A holder with ${left} keeps what it has, and goes on`), options, async (t) => {
    const disk = await createTmpfs(t, MEBIBYTES)
    const { devices, dir } = await createCliCircle(t, [])
    const author = devices[0]!
    const small = await createCliDevice(t, disk.dir, 'small')
    const fresh = await createCliDevice(t, dir, 'fresh')
    await joinCliCircle(t, author, small, 'contact')
    await joinCliCircle(t, author, fresh, 'contact')
    const clip = await longClipIn(dir, { seconds: 180 })
    const holding = temoin(t, ['hold'], small)
    await holding.waitFor('ready')
    const first = await film(t, author, clip)
    await safeWith(first, small, 8)
    const ballast = await fill(disk, leftBytes)
    const alarm = await holding.waitFor('alarm')
    t.is(alarm['kind'], 'storage-full', 'it says so')
    await first.filming.waitFor('held', (line) => holderIn(line, small)?.full)
    const stuck = await notSafeWith(first, small)
    t.ok(stuck >= 8, 'the author sees that it is full, and what it had')
    await first.filming.kill('SIGKILL')

    const taking = temoin(t, ['hold'], fresh)
    const got = await taking.waitFor('held', ({ length }) => length >= stuck)
    t.is(got['recording'], first.recording, 'another holder gets from it what it has')

    const second = await film(t, author, clip)
    await safeWith(second, fresh, 8)
    t.is(lengthAt(second, small), 0, 'a film made meanwhile is not safe there')
    await fs.promises.rm(ballast)
    await safeWith(second, small, 8)
    t.pass('but is once there is room, without a restart')
    await second.filming.kill('SIGKILL')
    await holding.kill('SIGINT')
    await taking.kill('SIGINT')
    t.alike(await brokenAt(small, first, second), [], 'nothing it acknowledged is missing')
  })
}

void test(titled('An author whose disk is full says so, and ends'), options, async (t) => {
  const disk = await createTmpfs(t, TINY_MEBIBYTES)
  const { devices, dir } = await createCliCircle(t, [])
  const holder = devices[0]!
  const author = await createCliDevice(t, disk.dir, 'author')
  await joinCliCircle(t, holder, author, 'contact')
  const holding = temoin(t, ['hold'], holder)
  await holding.waitFor('ready')
  const clip = await longClipIn(dir, { seconds: 45, bitsPerSecond: 8_000_000 })
  const filming = temoin(t, ['record', clip, '--pace', 'fast', '--wait', '90'], author)
  await eventually(() => filming.err.includes('the film ends here'))
  await filming.waitFor('held', (line) => holderIn(line, holder)?.length > 0)
  filming.signal('SIGINT')
  const { recording, reason } = await filming.waitFor('sealed')
  const { code } = await filming.ended
  t.is(code, 1, 'it has failed')
  t.is(reason, 'storage-full', 'the seal says why')
  const error = filming.events.find(({ event }) => event === 'error')
  t.is(error?.['code'], 'STORAGE_FULL', `it says: ${error?.['message']}`)
  await fill(disk, 0)
  const again = await run(t, ['list'], author)
  t.is(again.last?.['code'], 'STORAGE_FULL', 'and says it again at the next start')
  await holding.kill('SIGINT')
  const shot = { filming, recording: recording! }
  t.ok(lengthAt(shot, holder) > 0, 'a holder has some of it')
  t.alike(await brokenAt(holder, shot), [], 'what the holder acknowledged is there, whole')
})

interface Shot {
  filming: CliProcess
  recording: string
}

async function film(t: Assert, author: CliDevice, clip: string): Promise<Shot> {
  const filming = temoin(t, ['record', clip], author)
  const { recording } = await filming.waitFor('started')
  return { filming, recording: recording! }
}

function holderIn({ holders }: any, { device }: CliDevice): any {
  return holders.find((holder: any) => holder.device === device)
}

async function safeWith({ filming }: Shot, device: CliDevice, length: number): Promise<void> {
  await filming.waitFor('held', (line) => holderIn(line, device)?.length >= length)
}

/** Waits while the film grows and the holder's part of it does not. @returns its length */
async function notSafeWith(shot: Shot, device: CliDevice): Promise<number> {
  for (;;) {
    const length = lengthAt(shot, device)
    const from = shot.filming.events.length
    const last = shot.filming.events.at(-1)!['length']
    await shot.filming.waitFor('held', (line) => line.length >= last + 5, { from })
    if (lengthAt(shot, device) === length) return length
  }
}

function lengthAt({ filming }: Shot, device: CliDevice): number {
  const last = filming.events.findLast(({ event }) => event === 'held')
  return (last && holderIn(last, device)?.length) ?? 0
}

async function brokenAt(device: CliDevice, ...shots: Shot[]): Promise<string[]> {
  const known = new Acknowledged()
  for (const { filming } of shots) known.noteEvents(filming.events)
  return known.broken(device.device, await audit(device.storage))
}
