import test from 'brittle'
import type Hypercore from 'hypercore'
import type { Receipt } from '../../../core/encoding/recording/receipt.ts'
import { OwnFilm } from '../../../core/replica/pushed/own-film.ts'
import { ReceiptBook } from '../../../core/replica/receipts/receipt-book.ts'
import type { DeviceKey } from '../../../core/types/keys.ts'
import { fill } from '../../helpers/encoding/codecs.ts'
import { shootOn } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolled } from '../../helpers/devices/station.ts'
import { made, reaches } from '../held.ts'
import { liveAt } from '../filmed.ts'

test('an author whose disk is slower than its holders films on', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  await connect(t, author, holder)
  const { film, part, held } = await liveAt(t, author, holder, 1)
  slowDown(part.core!)
  await shootOn(film, 1, 5)
  await film.stop('stopped')
  t.alike(author.troubles, [])
  t.is(part.length, made(part), 'its own disk has all of it')
  t.ok(await reaches(held, made(part)), 'and so has the holder')
})

/** Each append waits for the block to come back from a holder, which it must not. */
function slowDown(core: Hypercore): void {
  const append = core.append.bind(core)
  core.append = async (...args) => {
    const { length } = core
    await eventually(() => core.length > length, { timeoutMs: 200 }).catch(() => {})
    return append(...args)
  }
}

test('our own disk may wait while others have signed for as much, and not when they stay behind', (t) => {
  let followers = 0
  const [self, holder] = [fill(1), fill(2)]
  const book = new ReceiptBook()
  const ownFilm = new OwnFilm({ core: () => null, isPushed: () => followers > 0 })
  const mayWait = (): boolean => ownFilm.mayWait(book, self)
  followers = 1
  t.absent(mayWait(), 'nothing is filmed')
  ownFilm.published.note(0)
  t.absent(mayWait(), 'nobody has signed for anything')
  book.add(receipt(holder, 3))
  t.ok(mayWait())
  book.sign(receipt(self, 3))
  t.ok(mayWait())
  book.sign(receipt(self, 4))
  t.absent(mayWait(), 'they have stayed behind')
  book.add(receipt(holder, 5))
  t.ok(mayWait())
  followers = 0
  t.absent(mayWait(), 'nobody follows any more')
})

function receipt(holder: DeviceKey, length: number): Receipt {
  const tree = { treeHash: fill(length), authorSignature: fill(2, 64) }
  const held = { heldSinceMs: length, atMs: length, flushed: true, signature: fill(length, 64) }
  return { recording: fill(3), fork: 0, length, holder, ...tree, ...held }
}
