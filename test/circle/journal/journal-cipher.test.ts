import b4a from 'b4a'
import test from 'brittle'
import {
  epochOf,
  openJournalEntry,
  sealJournalEntry
} from '../../../core/circle/journal/journal-cipher.ts'
import type { JournalEntry } from '../../../core/encoding/journal-entry.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { refused } from '../../helpers/refused.ts'

const KEY = randomBytes(32)
const EPOCH = { id: randomBytes(16), journalKey: KEY }
const JOURNAL = randomBytes(32)
const ENTRY = revoked('lost it at the fountain')

test('an entry comes back as it was sealed', (t) => {
  const block = sealJournalEntry(EPOCH, JOURNAL, 3, ENTRY)
  t.alike(openJournalEntry(KEY, JOURNAL, 3, block), ENTRY)
})

test('an entry opens with its key, in its journal, at its index, and nowhere else', (t) => {
  const block = sealJournalEntry(EPOCH, JOURNAL, 3, ENTRY)
  refused(t, () => openJournalEntry(randomBytes(32), JOURNAL, 3, block), 'another key')
  refused(t, () => openJournalEntry(KEY, randomBytes(32), 3, block), 'another journal')
  refused(t, () => openJournalEntry(KEY, JOURNAL, 4, block), 'another index')
})

test('a block with any byte changed, cut or added does not open', (t) => {
  const block = sealJournalEntry(EPOCH, JOURNAL, 3, ENTRY)
  const opens = (bytes: Uint8Array): boolean => {
    try {
      if (!b4a.equals(epochOf(bytes), EPOCH.id)) return false // no key has that name
      openJournalEntry(KEY, JOURNAL, 3, bytes)
      return true
    } catch {
      return false
    }
  }
  for (let i = 0; i < block.byteLength; i++) {
    const changed = b4a.from(block)
    changed[i]! ^= 1
    if (opens(changed)) t.fail('byte ' + i)
    if (opens(block.subarray(0, i))) t.fail('cut to ' + i)
  }
  t.absent(opens(b4a.concat([block, b4a.alloc(1)])))
})

test('the same entry never looks the same twice', (t) => {
  const [a, b] = [0, 0].map(() => sealJournalEntry(EPOCH, JOURNAL, 3, ENTRY))
  t.unlike(a, b)
})

test('the size of a block does not tell what a short entry says', (t) => {
  const sizes = ['', 'x', 'a longer reason than that'].map(
    (reason) => sealJournalEntry(EPOCH, JOURNAL, 3, revoked(reason)).byteLength
  )
  t.is(new Set(sizes).size, 1)
})

function revoked(reason: string): JournalEntry {
  return { kind: 'member-revoked', body: { device: b4a.alloc(32, 9), reason, atMs: 1, seen: [] } }
}
