// The words of a journal entry: what people are called, why somebody was cut off, what a device was
// alarmed by, what is said of a film, who was given its key. Every member reads them but a relay. They
// change nothing of what counts: words that are missing, or that nobody can read, are empty ones.

import { MAX_NAME_BYTES, MAX_TEXT_BYTES } from '../../limits.ts'
import { sealedAnnotation } from './annotation.ts'
import { alarm, grant } from './journal-entry-outline.ts'
import type { InWordsAlone, Outline, Undisclosed } from './journal-entry-outline.ts'
import type {
  CircleCreated,
  JournalEntry,
  MemberAdded,
  MemberRevoked,
  Named
} from './journal-entry.ts'
import { bad, decode, encode, struct, text, uint, uint8 } from '../wire.ts'
import type { Codec } from '../wire.ts'

const name = text(MAX_NAME_BYTES)

export const circleWords = struct<Pick<CircleCreated, 'name' | 'deviceName'>>({
  name,
  deviceName: name
})
export const memberWords = struct<Pick<MemberAdded, 'name'>>({ name })
const named = struct<Named>({ name, atMs: uint })
export const reasonWords = struct<Pick<MemberRevoked, 'reason'>>({ reason: text(MAX_TEXT_BYTES) })

/** An entry that is in its words alone. */
export type Disclosed = Extract<JournalEntry, { kind: 'alarm' | InWordsAlone }>

/** Persisted: the numbers of journal entries, which never change. */
const DISCLOSED: { kind: Disclosed['kind']; number: number; codec: Codec<any> }[] = [
  { kind: 'alarm', number: 6, codec: alarm },
  { kind: 'grant', number: 7, codec: grant },
  { kind: 'annotated', number: 16, codec: sealedAnnotation },
  { kind: 'named', number: 17, codec: named }
]

/** Which of them it is, so that not so much as that is told to a relay; then the entry. */
export const disclosedWords: Codec<Disclosed> = {
  preencode(state, { kind, body }) {
    state.end++
    disclosedAs(kind).codec.preencode(state, body)
  },
  encode(state, { kind, body }) {
    const { number, codec } = disclosedAs(kind)
    uint8.encode(state, number)
    codec.encode(state, body)
  },
  decode(state) {
    const number = uint8.decode(state)
    const found = DISCLOSED.find((one) => one.number === number)
    if (!found) throw bad('what was said in an entry of kind ' + number + ' is not known here')
    return { kind: found.kind, body: found.codec.decode(state) } as Disclosed
  }
}

function disclosedAs(kind: Disclosed['kind']): (typeof DISCLOSED)[number] {
  return DISCLOSED.find((one) => one.kind === kind)!
}

/** Persisted: which kinds have words never changes. */
const WORDS = new Map<Outline['kind'], Codec<any>>([
  ['circle-created', circleWords],
  ['member-added', memberWords],
  ['member-revoked', reasonWords],
  ['reinstated', reasonWords],
  ['undisclosed', disclosedWords]
])

const UNDISCLOSED: Undisclosed = { kind: 'undisclosed', body: null }

/** True where entries with such an outline have words. */
export function hasWords(kind: Outline['kind']): boolean {
  return WORDS.has(kind)
}

/**
 * How an entry is outlined where its words are kept apart. Of alarms a relay reads that a device has lost
 * what it had signed for, and else not so much as what they are about: that tells of people. Neither does
 * it read that somebody has said something of a film, was given its key, or calls itself otherwise.
 */
export function outlineOf(entry: JournalEntry): Outline {
  if (isInWordsAlone(entry)) return UNDISCLOSED
  return entry.kind === 'alarm' && entry.body.alarm !== 'storage-damaged' ? UNDISCLOSED : entry
}

/** The same for a writer that has no key for words. */
export function wordlessOutlineOf(entry: JournalEntry): Outline {
  return isInWordsAlone(entry) ? UNDISCLOSED : entry
}

function isInWordsAlone(entry: JournalEntry): entry is Extract<Disclosed, { kind: InWordsAlone }> {
  const { kind } = entry
  return kind === 'annotated' || kind === 'grant' || kind === 'named'
}

/** Null where an entry with that outline has none. */
export function encodeWords(outline: Outline, entry: JournalEntry): Uint8Array | null {
  if (outline.kind === 'undisclosed') return encode(disclosedWords, entry as Disclosed)
  const codec = WORDS.get(outline.kind)
  return codec === undefined ? null : encode(codec, entry.body)
}

/**
 * An entry as far as it can be read.
 * @param words null where they cannot be
 * @returns null where nothing of it can
 */
export function joined(outline: Outline, words: Uint8Array | null): JournalEntry | null {
  const said = words && decoded(WORDS.get(outline.kind), words)
  if (outline.kind === 'undisclosed') return said && disclosed(said)
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
