import b4a from 'b4a'
import test from 'brittle'
import {
  epochOf,
  openJournalEntry,
  sealJournalEntry
} from '../../../core/circle/journal/journal-cipher.ts'
import { ALARM_KINDS } from '../../../core/encoding/journal/journal-entry.ts'
import type { AlarmKind, JournalEntry } from '../../../core/encoding/journal/journal-entry.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { refused } from '../../helpers/refused.ts'
import { annotated } from '../../helpers/annotations.ts'
import { newKeys, note } from '../members.ts'

const EPOCH = { id: randomBytes(16), outlineKey: randomBytes(32), journalKey: randomBytes(32) }
/** What a relay has of it, and writes with. */
const RELAYS = { ...EPOCH, journalKey: null }
const JOURNAL = randomBytes(32)
const PLACE = { journal: JOURNAL, index: 3 }
const ENTRY = note('lost it at the fountain')

test('an entry comes back as it was sealed', (t) => {
  const block = sealJournalEntry(EPOCH, PLACE, ENTRY)
  t.alike(opened(EPOCH, block), { entry: ENTRY, isMuted: false })
})

test('an entry opens with its key, in its journal, at its index, and nowhere else', (t) => {
  const block = sealJournalEntry(EPOCH, PLACE, ENTRY)
  const other = { ...EPOCH, outlineKey: randomBytes(32) }
  refused(t, () => openJournalEntry(other, PLACE, block), 'another key')
  const elsewhere = { ...PLACE, journal: randomBytes(32) }
  refused(t, () => openJournalEntry(EPOCH, elsewhere, block), 'another journal')
  refused(t, () => openJournalEntry(EPOCH, { ...PLACE, index: 4 }, block), 'another index')
})

test('a relay reads the outline, knows that there are words, and reads none', (t) => {
  const block = sealJournalEntry(EPOCH, PLACE, ENTRY)
  t.alike(opened(RELAYS, block), { entry: note(''), isMuted: true })
})

test('a relay reads that a device has lost its store, and of other alarms not what they are', (t) => {
  for (const kind of ALARM_KINDS) {
    const block = sealJournalEntry(EPOCH, PLACE, alarm(kind))
    t.alike(openJournalEntry(EPOCH, PLACE, block).entry, alarm(kind), kind)
    const seen = opened(RELAYS, block)
    if (kind === 'storage-damaged') t.alike(seen, { entry: alarm(kind), isMuted: false }, kind)
    else t.alike(seen, { entry: null, isMuted: true }, kind)
  }
})

test('a relay reads not even that something was said of a film', (t) => {
  const entry = annotated(newKeys(), b4a.alloc(32, 7))
  const block = sealJournalEntry(EPOCH, PLACE, entry)
  t.alike(opened(EPOCH, block), { entry, isMuted: false })
  const alarmed = sealJournalEntry(EPOCH, PLACE, alarm('silence'))
  t.alike(opened(RELAYS, block), opened(RELAYS, alarmed), 'as of an alarm')
  t.is(outlineOfRelay(block), outlineOfRelay(alarmed))
  t.is(opened(EPOCH, sealJournalEntry(RELAYS, PLACE, entry)).entry, null, 'and can say none')
})

test('a relay reads not even that a member has another name, however long it is', (t) => {
  const alarmed = sealJournalEntry(EPOCH, PLACE, alarm('silence'))
  for (const name of ['A', 'é'.repeat(32)]) {
    const entry: JournalEntry = { kind: 'named', body: { name, atMs: Number.MAX_SAFE_INTEGER } }
    const block = sealJournalEntry(EPOCH, PLACE, entry)
    t.alike(opened(EPOCH, block), { entry, isMuted: false })
    t.alike(opened(RELAYS, block), opened(RELAYS, alarmed), 'as of an alarm')
    t.is(outlineOfRelay(block), outlineOfRelay(alarmed))
    t.is(block.byteLength, alarmed.byteLength)
    t.is(opened(EPOCH, sealJournalEntry(RELAYS, PLACE, entry)).entry, null, 'and can say none')
  }
})

test('what a relay says everybody reads, but for words: it writes none', (t) => {
  const told = opened(EPOCH, sealJournalEntry(RELAYS, PLACE, alarm('silence')))
  t.alike(told, { entry: alarm('silence'), isMuted: false })
  const said = opened(EPOCH, sealJournalEntry(RELAYS, PLACE, ENTRY))
  t.alike(said, { entry: note(''), isMuted: false })
})

test('words under another key are empty ones: what counts is the same for a relay and for all', (t) => {
  const block = sealJournalEntry({ ...EPOCH, journalKey: randomBytes(32) }, PLACE, ENTRY)
  t.alike(opened(EPOCH, block), { entry: note(''), isMuted: false })
  const hidden = sealJournalEntry(
    { ...EPOCH, journalKey: randomBytes(32) },
    PLACE,
    alarm('silence')
  )
  t.is(openJournalEntry(EPOCH, PLACE, hidden).entry, null)
})

test('a block with any byte changed, cut or added does not open', (t) => {
  const block = sealJournalEntry(EPOCH, PLACE, ENTRY)
  const opens = (bytes: Uint8Array): boolean => {
    try {
      if (!b4a.equals(epochOf(bytes), EPOCH.id)) return false // no key has that name
      openJournalEntry(EPOCH, PLACE, bytes)
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
  const [a, b] = [0, 0].map(() => sealJournalEntry(EPOCH, PLACE, ENTRY))
  t.unlike(a, b)
})

test('the size of a block does not tell what a short entry says', (t) => {
  const sizes = ['', 'x', 'a longer reason than that'].map(
    (reason) => sealJournalEntry(EPOCH, PLACE, note(reason)).byteLength
  )
  t.is(new Set(sizes).size, 1)
})

function alarm(kind: AlarmKind): JournalEntry {
  const about = { recording: null, device: b4a.alloc(32, 8), proof: b4a.alloc(3), atMs: 2 }
  return { kind: 'alarm', body: { alarm: kind, ...about } }
}

function outlineOfRelay(block: Uint8Array): string {
  return b4a.toString(openJournalEntry(RELAYS, PLACE, block).outline as any, 'hex')
}

function opened(keys: Parameters<typeof openJournalEntry>[0], block: Uint8Array) {
  const { entry, isMuted } = openJournalEntry(keys, PLACE, block)
  return { entry, isMuted }
}
