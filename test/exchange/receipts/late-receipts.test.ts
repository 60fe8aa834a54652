import b4a from 'b4a'
import test from 'brittle'
import type { JournalEntry } from '../../../core/encoding/journal/journal-entry.ts'
import type { Receipt } from '../../../core/encoding/recording/receipt.ts'
import { JournalReceipts } from '../../../core/exchange/receipts/journal-receipts.ts'
import type { JournalReceiptsOptions } from '../../../core/exchange/receipts/journal-receipts.ts'

interface Case {
  title: string
  lateMs: number
  isFirst: boolean
  /** Entries written as the films end, after 30 s, 5 min and 7.5 min. */
  entries: [number, number, number, number]
}

const CASES: Case[] = [
  {
    title: 'one that has time writes down at once what it has signed for as a film ends',
    ...{ lateMs: 0, isFirst: true, entries: [3, 3, 3, 3] }
  },
  {
    title: 'one that is late writes down what it catches up with together',
    ...{ lateMs: 1000, isFirst: true, entries: [0, 1, 1, 1] }
  },
  {
    title: 'one that others write before gathers what several films bring',
    ...{ lateMs: 0, isFirst: false, entries: [0, 0, 0, 1] }
  }
]

for (const { title, lateMs, isFirst, entries } of CASES) {
  test(title, async (t) => {
    const { receipts, said, clock } = written({ lateMs, isFirst: () => isFirst })
    for (let i = 1; i <= 3; i++) {
      receipts.add(receiptFor(i))
      receipts.hurry()
    }
    const seen = [await count(said)]
    for (const afterMs of [30_000, 300_000, 450_000]) {
      clock.nowMs = afterMs
      receipts.tick()
      seen.push(await count(said))
    }
    await receipts.close()
    t.alike(seen, entries)
    t.is(said.flat().length, 3, 'each is written')
  })
}

test('what waits for others goes into the entry of what is written first', async (t) => {
  const { receipts, said } = written({ lateMs: 0, isFirst: (recording) => recording[0] === 2 })
  receipts.add(receiptFor(1))
  receipts.hurry()
  t.is(await count(said), 0)
  receipts.add(receiptFor(2))
  receipts.hurry()
  t.is(await count(said), 1)
  t.is(said.flat().length, 2)
  await receipts.close()
})

test('one that closes writes down what waits, whoever writes first', async (t) => {
  const { receipts, said } = written({ lateMs: 0, isFirst: () => false })
  receipts.add(receiptFor(1))
  await receipts.close()
  t.is(said.flat().length, 1)
})

function written(options: Pick<JournalReceiptsOptions, 'isFirst'> & { lateMs: number }) {
  const said: Receipt[][] = []
  const clock = { nowMs: 0 }
  const circle = {
    hasRoomForReceipts: true,
    say: (entry: JournalEntry) => Promise.resolve(void said.push(entry.body as Receipt[]))
  }
  const receipts = new JournalReceipts({
    circle,
    written: () => 0,
    isFirst: options.isFirst,
    place: 0.5,
    now: () => clock.nowMs,
    lateMs: () => options.lateMs
  })
  return { receipts, said, clock }
}

function receiptFor(film: number): Receipt {
  return { recording: b4a.alloc(32, film), length: 1 } as unknown as Receipt
}

/** Entries, once what was begun is done: it takes no more than a turn of the loop. */
async function count(said: Receipt[][]): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 0))
  return said.length
}
