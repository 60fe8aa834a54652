import test from 'brittle'
import type { Assert } from 'brittle'
import type { Device } from '../../core/device.ts'
import { TemoinError } from '../../core/errors.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { shoot, shootOn } from '../helpers/films/camera.ts'
import {
  createCircle,
  createDevice,
  letIn,
  linkedWith,
  replicaAt
} from '../helpers/devices/device.ts'
import { createTmpfs, whyNoDisks } from '../helpers/crashes/disks.ts'
import { eventually } from '../helpers/eventually.ts'

const why = await whyNoDisks()
const MEBIBYTE = 2 ** 20

/** A filler to put on a disk, and to take off it again. */
class Filler {
  readonly #file: string

  constructor(dir: string) {
    this.#file = path.join(dir, 'filler')
  }

  async write(bytes: number): Promise<void> {
    await fs.promises.writeFile(this.#file, new Uint8Array(bytes))
  }

  async remove(): Promise<void> {
    await fs.promises.rm(this.#file)
  }
}

for (const [state, reserveBytes] of [
  ['runs out of its reserve', 8 * MEBIBYTE],
  ['is written to the last byte', 0]
] as const) {
  const title = `a holder whose disk ${state} says so, keeps and serves what it has, and goes on when there is room`
  test(why ? `${title} (skipped: ${why})` : title, { skip: why !== null }, async (t) => {
    const disk = await createTmpfs(t, 24)
    const filler = new Filler(disk.dir)
    const { author, holder, circle } = await authorAnd(
      t,
      path.join(disk.dir, 'holder'),
      reserveBytes
    )
    const film = author.film(circle)
    t.teardown(() => film.close(), { order: -1 })
    await shoot(film, 4)
    const key = film.parts[0]!.key
    const held = await replicaAt(holder, key)
    await eventually(() => held.length >= 5)
    await eventually(() => (film.parts[0]!.receipts.of(holder.key)?.length ?? 0) >= 5)

    await filler.write((await disk.freeBytes()) - Math.max(64 * 1024, reserveBytes / 2))
    let i = 4
    await eventually(async () => {
      await shootOn(film, i, i + 1, 200_000)
      i++
      return holder.isFull && circle.peerOf(holder.key)?.full
    })
    t.ok(circle.peerOf(holder.key)!.full, 'the author sees that what it sends is not safe there')
    const safe = film.parts[0]!.receipts.of(holder.key)!.length
    t.ok(safe >= 5, 'what was acknowledged stays acknowledged')

    const other = await createDevice(t)
    await letIn(author, other, circle)
    const copy = await replicaAt(other, key)
    await eventually(() => copy.length >= safe)

    await filler.remove()
    await eventually(() => !holder.isFull && circle.peerOf(holder.key)?.full === false)
    await shootOn(film, i, i + 4)
    const part = film.parts[0]!
    await eventually(() => holder.find(key).replica.length >= part.timeline.length)
    await eventually(() => (part.receipts.of(holder.key)?.length ?? 0) >= part.timeline.length)
    t.pass('it has all of it, and says so')
  })
}

const again = 'a disk that does not open when there is room again is tried until it does'
test(why ? `${again} (skipped: ${why})` : again, { skip: why !== null }, async (t) => {
  const disk = await createTmpfs(t, 24)
  const filler = new Filler(disk.dir)
  const dir = path.join(disk.dir, 'holder')
  const { author, holder, circle } = await authorAnd(t, dir, 0)
  const film = author.film(circle)
  t.teardown(() => film.close(), { order: -1 })
  await shoot(film, 4)
  const held = await replicaAt(holder, film.parts[0]!.key)
  await eventually(() => held.length >= 5)
  await filler.write((await disk.freeBytes()) - 64 * 1024)
  let i = 4
  await eventually(async () => {
    await shootOn(film, i, i + 1, 200_000)
    i++
    return holder.isFull
  })

  const lock = path.join(dir, 'lock')
  await fs.promises.rm(lock)
  await fs.promises.mkdir(lock)
  const mine = holder.circle()
  await filler.remove()
  let troubles = 0
  holder.on('trouble', () => troubles++)
  for (const ask of [() => holder.circle(), () => holder.film(mine)]) {
    await eventually(() => refusal(ask) === 'BAD_STATE') // not that it is in no circle
  }
  await t.exception(holder.createCircle('another'), /just being opened again/)
  await eventually(() => troubles > 0)
  await fs.promises.rmdir(lock)
  const part = film.parts[0]!
  await eventually(() => (part.receipts.of(holder.key)?.length ?? 0) >= part.timeline.length)
  t.is(holder.circle().circle.name, 'circle')
})

function refusal(ask: () => unknown): string {
  try {
    ask()
    return 'none'
  } catch (err: any) {
    return err.code
  }
}

async function authorAnd(t: Assert, dir: string, reserveBytes: number) {
  const { devices, exchanges } = await createCircle(t, 1)
  const [author] = devices as [Device]
  const [circle] = exchanges as [Exchange]
  const holder = await createDevice(t, { dir, reserveBytes })
  await linkedWith(await letIn(author, holder, circle), 1)
  return { author, holder, circle }
}

const ownDisk =
  'a film whose own disk is full ends with a sentence, and the device films again when there is room'
test(why ? `${ownDisk} (skipped: ${why})` : ownDisk, { skip: why !== null }, async (t) => {
  const disk = await createTmpfs(t, 24)
  const filler = new Filler(disk.dir)
  const { devices, exchanges } = await createCircle(t, 1)
  const [holder] = devices as [Device]
  const author = await createDevice(t, { dir: path.join(disk.dir, 'author') })
  const circle = await letIn(holder, author, exchanges[0]!)
  await linkedWith(circle, 1)
  const film = author.film(circle)
  await shoot(film, 4)
  const held = await replicaAt(holder, film.parts[0]!.key)
  await eventually(() => held.length >= 5)

  await filler.write((await disk.freeBytes()) - 256 * 1024)
  const err = await shootOn(film, 4, 200, 100_000).then(
    () => null,
    (err: unknown) => err
  )
  t.ok(TemoinError.is(err, 'STORAGE_FULL'))
  await film.stop('storage-full')
  await eventually(() => author.isFull)
  const own = film.parts[0]!.receipts.of(author.key)?.length ?? 0
  await eventually(() => held.length >= own)
  t.pass('what is on its disk the holder has, too')

  await filler.remove()
  await eventually(() => !author.isFull && author.circles.length === 1)
  const next = author.film(author.circle())
  await shoot(next, 4)
  const copy = await replicaAt(holder, next.parts[0]!.key)
  await next.stop('stopped')
  await eventually(() => copy.sealed)
  t.pass('the next film is like any other')
})
