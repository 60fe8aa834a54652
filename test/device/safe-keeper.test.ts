import b4a from 'b4a'
import test from 'brittle'
import { SafeKeeper, safeLength } from '../../core/device/safe-keeper.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { Receipt } from '../../core/encoding/receipt.ts'
import { ReceiptBook } from '../../core/replica/receipts/receipt-book.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { loadSafeList, SAFE_FILE, saveSafeList } from '../../core/store/files/safe-file.ts'
import { createCircle, dirOf } from '../helpers/device.ts'
import { shoot } from '../helpers/camera.ts'
import { eventually } from '../helpers/eventually.ts'

const self = b4a.alloc(32, 1)
const [a, b] = [b4a.alloc(32, 2), b4a.alloc(32, 3)]
const revoked = b4a.alloc(32, 4)
const key = b4a.alloc(32, 9)

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
  const dir = await t.tmp()
  const films = [held([a, 4]), { ...held([b, 7]), key: b4a.alloc(32, 8) }]
  const circle = { roster: { active: () => ({}) } }
  const exchange = { circle, replicas: films } as unknown as Exchange
  const keeper = new SafeKeeper({ dir, self, exchanges: () => [exchange] })
  await keeper.flush()
  const listed = await loadSafeList(dir)
  t.alike(
    listed.map(({ length }) => length),
    [4, 7]
  )
  films[0]!.receipts.lose(a, { length: 2, atMs: 10, place: { depth: 9, index: 9 } })
  keeper.noteAll()
  await keeper.close()
  t.alike(await loadSafeList(dir), listed.slice(1))
})

test('A disk that refuses the list holds nothing up', async (t) => {
  const circle = { roster: { active: () => ({}) } }
  const exchange = { circle, replicas: [held([a, 4])] } as unknown as Exchange
  const dir = path.join(await t.tmp(), 'gone')
  const keeper = new SafeKeeper({ dir, self, exchanges: () => [exchange] })
  await keeper.flush()
  await keeper.close()
  t.alike(await loadSafeList(dir), [])
})

function safe(film: ReturnType<typeof held>): number {
  return safeLength(film, (device) => !b4a.equals(device, revoked), self)
}

function held(...receipts: [holder: Uint8Array, length: number][]) {
  const book = new ReceiptBook()
  for (const [i, [holder, length]] of receipts.entries()) {
    book.add({ holder, length, atMs: 1, heldSinceMs: 1, signature: b4a.alloc(64, i) } as Receipt)
  }
  return { key, receipts: book }
}
