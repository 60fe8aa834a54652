import b4a from 'b4a'
import test from 'brittle'
import type { JournalEntry } from '../../../core/encoding/journal/journal-entry.ts'
import type { Receipt } from '../../../core/encoding/recording/receipt.ts'
import { JournalReceipts } from '../../../core/exchange/receipts/journal-receipts.ts'

const CASES: [title: string, lateMs: number, entries: number][] = [
  ['one that has time writes down at once what it has signed for as a film ends', 0, 3],
  ['one that is late writes down what it catches up with together', 1000, 1]
]

for (const [title, lateMs, entries] of CASES) {
  test(title, async (t) => {
    const said: Receipt[][] = []
    const circle = {
      hasRoomForReceipts: true,
      say: (entry: JournalEntry) => Promise.resolve(void said.push(entry.body as Receipt[]))
    }
    let nowMs = 0
    const receipts = new JournalReceipts({
      circle,
      written: () => 0,
      now: () => nowMs,
      lateMs: () => lateMs
    })
    for (let i = 1; i <= 3; i++) {
      receipts.add({ recording: b4a.alloc(32, i), length: 1 } as unknown as Receipt)
      receipts.hurry()
    }
    nowMs = 60_000
    receipts.tick()
    await receipts.close()
    t.is(said.length, entries)
    t.is(said.flat().length, 3, 'each is written')
  })
}
