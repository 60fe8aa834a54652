import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { SafeKeeper, safeWith } from '../../../core/device/taken/safe-keeper.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import type { Receipt } from '../../../core/encoding/recording/receipt.ts'
import { ReceiptBook } from '../../../core/replica/receipts/receipt-book.ts'
import { fs, path } from '../../../core/runtime/fs.ts'
import { loadSafeList, SAFE_FILE, saveSafeList } from '../../../core/store/files/safe-file.ts'
import { createCircle, dirOf } from '../../helpers/devices/device.ts'
import { shoot } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'

const self = b4a.alloc(32, 1)
const [a, b] = [b4a.alloc(32, 2), b4a.alloc(32, 3)]
const revoked = b4a.alloc(32, 4)
const key = b4a.alloc(32, 9)
const NEVER_MS = 1e9

test('What is safe is the longest that one other member has signed for', (t) => {
  t.is(safe(held([a, 4], [b, 7])), 7)
  t.is(safe(held([self, 9], [a, 4])), 4)
  t.is(safe(held([self, 9])), 0, 'our own word counts for nothing')
  t.is(safe(held([revoked, 9], [a, 4])), 4, 'nor does a revoked one')
  t.is(safe(held()), 0)
})

test('What its holder has lost since is not safe', (t) => {
  const film = held([a, 7])
  film.receipts.lose(a, { length: 2, atMs: 10, place: { depth: 9, index: 9 } })
  t.is(safe(film), 0)
})

test('What others hold is on the disk when the device has closed', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  const film = devices[0]!.film(exchanges[0]!)
  await shoot(film, 4)
  await film.stop('stopped')
  const part = film.parts[0]!
  await eventually(() => part.receipts.of(devices[1]!.key)?.length === part.end)
  await devices[0]!.close()
  t.alike(await loadSafeList(dirOf(devices[0]!)), [{ recording: part.key, length: part.end! }])
})

test('A list that is missing or damaged says that nothing is safe', async (t) => {
  const dir = await t.tmp()
  t.alike(await loadSafeList(dir), [])
  await saveSafeList(dir, [{ recording: key, length: 3 }])
  const file = path.join(dir, SAFE_FILE)
  fs.writeFileSync(file, (fs.readFileSync(file) as Uint8Array).subarray(0, 20))
  t.alike(await loadSafeList(dir), [])
})

test('What somebody has lost since is taken from the list, and the rest of it stays', async (t) => {
  const films = filmsOf(a, b)
  const { keeper, dir, listed } = await listing(t, films)
  films[0]!.receipts.lose(a, { length: 2, atMs: 10, place: { depth: 9, index: 9 } })
  keeper.noteLoss(a)
  await keeper.close()
  t.alike(await loadSafeList(dir), listed.slice(1))
})

test('What somebody has who was cut off since is taken from the list', async (t) => {
  const members = new Set([a, b])
  const { keeper, dir, listed } = await listing(t, filmsOf(a, b), members)
  members.delete(b)
  keeper.noteRoster()
  await keeper.close()
  t.alike(await loadSafeList(dir), listed.slice(0, 1))
})

test('What makes less safe is on the disk at once, and not with the next turn', async (t) => {
  const members = new Set([a, b])
  const { keeper, dir, listed } = await listing(t, filmsOf(a, b), members)
  members.delete(b)
  keeper.noteRoster()
  await eventually(async () => (await loadSafeList(dir)).length === 1)
  members.delete(a)
  keeper.noteLeaving()
  await eventually(async () => (await loadSafeList(dir)).length === 0)
  await keeper.close()
  t.is(listed.length, 2)
})

test('What an earlier process listed is gone with the first look, where nothing is safe any more', async (t) => {
  const dir = await t.tmp()
  await saveSafeList(dir, [{ recording: key, length: 3 }])
  const keeper = new SafeKeeper({ dir, self, exchanges: () => [] })
  await keeper.flush()
  await keeper.close()
  t.alike(await loadSafeList(dir), [])
})

test('A list that is true no more goes where the disk refuses another, and comes again', async (t) => {
  const members = new Set([a, b])
  const { keeper, dir, listed } = await listing(t, filmsOf(a, b), members)
  const inTheWay = path.join(dir, SAFE_FILE + '.tmp')
  await fs.promises.mkdir(inTheWay)
  members.delete(b)
  keeper.noteRoster()
  await keeper.flush()
  t.absent(fs.existsSync(path.join(dir, SAFE_FILE)))
  await fs.promises.rmdir(inTheWay)
  await keeper.flush()
  t.alike(await loadSafeList(dir), listed.slice(0, 1))
  await keeper.close()
})

test('A list that says too little stays where the disk refuses another', async (t) => {
  const films = filmsOf(a, b)
  const { keeper, dir, listed } = await listing(t, films)
  await fs.promises.mkdir(path.join(dir, SAFE_FILE + '.tmp'))
  films[0]!.receipts.add({ holder: b, length: 9, atMs: 2, heldSinceMs: 2 } as Receipt)
  keeper.note(films[0]! as never)
  await keeper.flush()
  t.alike(await loadSafeList(dir), listed)
  await keeper.close()
})

test('A disk that refuses the list holds nothing up', async (t) => {
  const circle = { roster: { active: () => ({}) } }
  const leavesAt = (): null => null
  const exchange = { circle, replicas: [held([a, 4])], leavesAt } as unknown as Exchange
  const dir = path.join(await t.tmp(), 'gone')
  const keeper = new SafeKeeper({ dir, self, exchanges: () => [exchange] })
  await keeper.flush()
  await keeper.close()
  t.alike(await loadSafeList(dir), [])
})

function filmsOf(...holders: Uint8Array[]) {
  return holders.map((holder, i) => ({ ...held([holder, 4 + i]), key: b4a.alloc(32, 8 + i) }))
}

/** A list that has been written once. */
async function listing(t: Assert, replicas: ReturnType<typeof filmsOf>, members = new Set([a, b])) {
  const dir = await t.tmp()
  const circle = { roster: { active: (device: Uint8Array) => members.has(device) || null } }
  const leavesAt = (): null => null
  const exchange = { circle, replicas, leavesAt } as unknown as Exchange
  const keeper = new SafeKeeper({ dir, self, exchanges: () => [exchange], everyMs: NEVER_MS })
  await keeper.flush()
  const listed = await loadSafeList(dir)
  t.is(listed.length, replicas.length)
  return { keeper, dir, listed }
}

function safe(film: ReturnType<typeof held>): number {
  return safeWith(film, (device) => !b4a.equals(device, revoked), self).length
}

function held(...receipts: [holder: Uint8Array, length: number][]) {
  const book = new ReceiptBook()
  for (const [i, [holder, length]] of receipts.entries()) {
    book.add({ holder, length, atMs: 1, heldSinceMs: 1, signature: b4a.alloc(64, i) } as Receipt)
  }
  return { key, receipts: book }
}
