// The words of a journal entry: what people are called, why somebody was cut off, what a device was
// alarmed by. Every member reads them but a relay. They change nothing of what counts: words that are
// missing, or that nobody can read, are empty ones.

import { MAX_NAME_BYTES, MAX_TEXT_BYTES } from '../../limits.ts'
import { alarm } from './journal-entry-outline.ts'
import type { Outline, Undisclosed } from './journal-entry-outline.ts'
import type { CircleCreated, JournalEntry, MemberAdded, MemberRevoked } from './journal-entry.ts'
import { decode, encode, struct, text } from '../wire.ts'
import type { Codec } from '../wire.ts'

const name = text(MAX_NAME_BYTES)

export const circleWords = struct<Pick<CircleCreated, 'name' | 'deviceName'>>({
  name,
  deviceName: name
})
export const memberWords = struct<Pick<MemberAdded, 'name'>>({ name })
export const reasonWords = struct<Pick<MemberRevoked, 'reason'>>({ reason: text(MAX_TEXT_BYTES) })

/** Persisted: which kinds have words never changes. */
const WORDS = new Map<Outline['kind'], Codec<any>>([
  ['circle-created', circleWords],
  ['member-added', memberWords],
  ['member-revoked', reasonWords],
  ['reinstated', reasonWords],
  ['undisclosed', alarm]
])

const UNDISCLOSED: Undisclosed = { kind: 'undisclosed', body: null }

/** True where entries with such an outline have words. */
export function hasWords(kind: Outline['kind']): boolean {
  return WORDS.has(kind)
}

/**
 * How an entry is outlined where its words are kept apart. Of alarms a relay reads that a device has lost
 * what it had signed for, and else not so much as what they are about: that tells of people.
 */
export function outlineOf(entry: JournalEntry): Outline {
  return entry.kind === 'alarm' && entry.body.alarm !== 'storage-damaged' ? UNDISCLOSED : entry
}

/** Null where an entry with that outline has none. */
export function encodeWords(outline: Outline, { body }: JournalEntry): Uint8Array | null {
  const codec = WORDS.get(outline.kind)
  return codec === undefined ? null : encode(codec, body)
}

/**
 * An entry as far as it can be read.
 * @param words null where they cannot be
 * @returns null where nothing of it can
 */
export function joined(outline: Outline, words: Uint8Array | null): JournalEntry | null {
  const said = words && decoded(WORDS.get(outline.kind), words)
  if (outline.kind === 'undisclosed') return said && disclosed({ kind: 'alarm', body: said })
  return said === null ? outline : ({ ...outline, body: { ...outline.body, ...said } } as never)
}

/** What counts is not said where a relay cannot read it. */
function disclosed(entry: JournalEntry): JournalEntry | null {
  return outlineOf(entry) === UNDISCLOSED ? entry : null
}

function decoded(codec: Codec<any> | undefined, words: Uint8Array): any {
  try {
    return codec === undefined ? null : decode(codec, words, 'words of a journal entry')
  } catch {
    return null
  }
}
