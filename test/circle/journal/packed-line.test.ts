import b4a from 'b4a'
import test from 'brittle'
import { isPacked, PackedLine, Slab } from '../../../core/circle/journal/packed-line.ts'
import type { JournalEntry } from '../../../core/encoding/journal/journal-entry.ts'
import type { Outline } from '../../../core/encoding/journal/journal-entry-outline.ts'
import { encodeOutline } from '../../../core/encoding/journal/journal-entry-outline.ts'

const SOURCE = { device: b4a.alloc(32, 1), journal: b4a.alloc(32, 2), previous: null }

test('a packed line says what it said, however many there are', (t) => {
  const slab = new Slab()
  const entries = Array.from({ length: 1000 }, (_, i) => sealed(i))
  const lines = entries.map(
    (entry, i) => new PackedLine(SOURCE, i, encodeOutline(entry as Outline), slab)
  )
  for (const i of [0, 1, 500, 998, 999]) {
    const { device, journal, index, entry } = lines[i]!
    t.alike(
      { device, journal, index },
      { device: SOURCE.device, journal: SOURCE.journal, index: i }
    )
    t.is(entry.kind, 'recording-sealed')
    t.alike(entry.body, entries[i]!.body)
  }
})

test('an entry larger than what is set aside at a time is kept as a whole', (t) => {
  const slab = new Slab()
  const large = b4a.alloc(100_000, 7)
  slab.keep(b4a.alloc(10))
  const { buffer, start } = slab.keep(large)
  t.alike(b4a.from(buffer.subarray(start, start + large.byteLength)), large)
})

test('nothing is packed whose words may come later', (t) => {
  t.absent(isPacked('member-added'))
  t.absent(isPacked('alarm'))
  t.ok(isPacked('receipts'))
})

function sealed(length: number): JournalEntry {
  const [recording, treeHash] = [b4a.alloc(32, length), b4a.alloc(32, length + 1)]
  return {
    kind: 'recording-sealed',
    body: { recording, length, treeHash, endedAtMs: length, reason: 'stopped' }
  }
}
