import b4a from 'b4a'
import test from 'brittle'
import type { Receipt } from '../../../core/encoding/recording/receipt.ts'
import { ReceiptBook } from '../../../core/replica/receipts/receipt-book.ts'
import { fill } from '../../helpers/encoding/codecs.ts'

const HOLDER = fill(1)

/** As `HOLDER` would have signed it at that moment. */
function receipt(length: number, atMs: number, heldSinceMs = atMs): Receipt {
  const signature = b4a.from(`${length} ${atMs}`.padEnd(64))
  const tree = { treeHash: fill(length), authorSignature: fill(2, 64) }
  const held = { heldSinceMs, atMs, flushed: true, signature }
  return { recording: fill(3), fork: 0, length, holder: HOLDER, ...tree, ...held }
}

function place(index: number, depth = 0) {
  return { depth, index }
}

function dates(book: ReceiptBook): [length: number, atMs: number][] {
  return book.all().map(({ length, atMs }) => [length, atMs])
}

test('of two receipts for one length the earlier date stays, whichever comes first', (t) => {
  for (const [first, second] of [
    [100, 900],
    [900, 100]
  ]) {
    const book = new ReceiptBook()
    book.add(receipt(40, first!), place(1))
    book.add(receipt(40, second!), place(2))
    t.is(book.of(HOLDER)!.atMs, 100)
    t.alike(dates(book), [[40, 100]])
  }
})

test('a journaled earlier date takes the place of a later one that came over a link', (t) => {
  const book = new ReceiptBook()
  t.ok(book.add(receipt(40, 900)))
  t.absent(book.add(receipt(40, 100), place(0)), 'no more is safe than before')
  t.is(book.of(HOLDER)!.atMs, 100)
})

test('a longer receipt with a later date leaves the shorter one its earlier date', (t) => {
  const book = new ReceiptBook()
  book.add(receipt(10, 100), place(0))
  book.add(receipt(40, 900), place(1))
  t.is(book.of(HOLDER)!.length, 40)
  t.alike(dates(book), [
    [10, 100],
    [40, 900]
  ])
  t.is(book.heldSinceMs(HOLDER), 100)
})

test('while a film runs, receipts that are in no journal yet replace one another', (t) => {
  const book = new ReceiptBook()
  for (let i = 1; i <= 500; i++) book.add(receipt(i, i))
  t.is(book.countOf(HOLDER), 1)
  book.add(receipt(500, 500), place(0))
  t.is(book.countOf(HOLDER), 1, 'the same one from the journal is no other')
  t.is(book.journaledOf(HOLDER), 500)
})

test('what was signed for before a loss counts no longer, and stays a dated statement', (t) => {
  const book = new ReceiptBook()
  book.add(receipt(40, 100), place(3))
  book.lose(HOLDER, { length: 0, atMs: 200, place: place(0, 1) })
  t.is(book.of(HOLDER), null)
  t.is(book.journaledOf(HOLDER), 0)
  t.alike(dates(book), [[40, 100]])
  t.ok(book.add(receipt(40, 300), place(1, 1)), 'signed anew it counts')
  t.is(book.of(HOLDER)!.atMs, 300)
  t.alike(
    dates(book).sort((a, b) => a[1] - b[1]),
    [
      [40, 100],
      [40, 300]
    ]
  )
})

test('a loss that leaves the beginning takes nothing from it', (t) => {
  const book = new ReceiptBook()
  book.add(receipt(10, 100), place(0))
  book.add(receipt(40, 200), place(1))
  book.lose(HOLDER, { length: 25, atMs: 300, place: place(2) })
  t.is(book.of(HOLDER)!.length, 10)
})

test('the order in the journals decides, not a clock that was set back or forth', (t) => {
  const late = { length: 0, atMs: 500, place: place(5) }
  const book = new ReceiptBook()
  book.lose(HOLDER, late)
  t.absent(book.add(receipt(40, 900), place(4)), 'dated later, but said before')
  t.ok(book.add(receipt(30, 100), place(6)), 'dated earlier, but said after')
  t.is(book.of(HOLDER)!.length, 30)
})

test('what comes over a link counts after a loss where it was signed later', (t) => {
  const book = new ReceiptBook()
  book.lose(HOLDER, { length: 0, atMs: 500, place: place(5) })
  t.absent(book.add(receipt(40, 500)))
  t.ok(book.add(receipt(40, 501)))
})

test('what this device signs counts until it loses it', (t) => {
  const book = new ReceiptBook()
  book.lose(HOLDER, { length: 0, atMs: 500, place: place(5) })
  t.ok(book.sign(receipt(40, 100)), 'its clock was set back since')
  book.lose(HOLDER, { length: 20, atMs: 50, place: place(6) })
  t.is(book.of(HOLDER), null)
})

test('two receipts for other blocks of one length are told apart', (t) => {
  const book = new ReceiptBook()
  book.add(receipt(40, 100))
  t.is(book.rivalOf(receipt(40, 200)), null)
  t.is(book.rivalOf({ ...receipt(40, 200), treeHash: fill(9) })?.atMs, 100)
})
