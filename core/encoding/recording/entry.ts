// The decoded content of a recording's block after the header. On disk and on the wire a block is
// the AEAD of a padded entry; this file knows only the plain bytes:
//
//   u8 kind | uint body length | body | zero padding to a bucket
//
// Must never: grow a field in place. A new form is a new kind; old kinds are read for ever.

import type { TreeHash } from '../../types/keys.ts'
import { MAX_BLOCK_BYTES, MAX_FRAGMENT_BYTES, MAX_TEXT_BYTES } from '../../limits.ts'
import {
  bad,
  bool,
  bytes,
  decode,
  encode,
  fixed32,
  int,
  optional,
  struct,
  text,
  uint,
  word
} from '../wire.ts'
import type { Codec } from '../wire.ts'
import { zeroPadded } from '../zero-padded.ts'

/** Why a recording ended. Persisted as an index: append, never reorder. */
export const SEAL_REASONS = [
  'stopped',
  'rotated',
  'interrupted',
  'storage-full',
  'input-damaged',
  'input-ended'
] as const
export type SealReason = (typeof SEAL_REASONS)[number]

/** What happened to the device while filming. Persisted as an index: append, never reorder. */
export const STATUS_KINDS = [
  'hidden',
  'shown',
  'camera-lost',
  'camera-back',
  'network-lost',
  'network-back',
  'battery-low',
  'storage-low',
  'locked',
  'unlocked',
  'sound-lost',
  'sound-back',
  'clock-changed',
  'pictures-dropped'
] as const
export type StatusKind = (typeof STATUS_KINDS)[number]

/** What a tag names. Persisted as an index: append, never reorder. */
export const TAG_KINDS = ['plate', 'badge', 'unit', 'person', 'place', 'other'] as const
export type TagKind = (typeof TAG_KINDS)[number]

/** One fragment of media, byte for byte as captured. */
export interface Fragment {
  ptsUs: number
  durationUs: number
  /** Decoding may start here. */
  key: boolean
  /** A piece of the fragment before it, which was too large for one block. */
  continued: boolean
  data: Uint8Array
}

export interface Place {
  latitudeE7: number
  longitudeE7: number
  accuracyM: number
}

export interface Checkpoint {
  /** SHA-256 of the init segment and every media byte so far, as one stream. */
  sha256: Uint8Array
  mediaBytes: number
  wallMs: number
  monotonicMs: number
  place: Place | null
  batteryPercent: number | null
}

export interface Status {
  status: StatusKind
  atMs: number
}

export interface Note {
  text: string
  atMs: number
}

export interface Tag {
  tag: TagKind
  text: string
  atMs: number
}

/** A stretch of time that was not captured: said, never hidden. */
export interface Gap {
  fromUs: number
  toUs: number
  reason: string
}

/** The last entry of a recording. */
export interface Seal {
  /** Blocks before this one. */
  length: number
  /** Tree hash over those blocks. */
  treeHash: TreeHash
  sha256: Uint8Array
  mediaBytes: number
  endedAtMs: number
  reason: SealReason
}

export type Entry =
  | { kind: 'fragment'; body: Fragment }
  | { kind: 'checkpoint'; body: Checkpoint }
  | { kind: 'status'; body: Status }
  | { kind: 'note'; body: Note }
  | { kind: 'tag'; body: Tag }
  | { kind: 'gap'; body: Gap }
  | { kind: 'seal'; body: Seal }

const place = struct<Place>({ latitudeE7: int, longitudeE7: int, accuracyM: uint })

const beforeData = { ptsUs: int, durationUs: uint, key: bool, continued: bool }
const fragment = struct<Fragment>({ ...beforeData, data: bytes(MAX_FRAGMENT_BYTES) })

const checkpoint = struct<Checkpoint>({
  sha256: fixed32,
  mediaBytes: uint,
  wallMs: uint,
  monotonicMs: uint,
  place: optional(place),
  batteryPercent: optional(uint)
})

const seal = struct<Seal>({
  length: uint,
  treeHash: fixed32,
  sha256: fixed32,
  mediaBytes: uint,
  endedAtMs: uint,
  reason: word(SEAL_REASONS)
})

/** Persisted: the number of each kind never changes. */
const KINDS: Record<Entry['kind'], { number: number; codec: Codec<any> }> = {
  fragment: { number: 1, codec: fragment },
  checkpoint: { number: 2, codec: checkpoint },
  status: { number: 3, codec: struct<Status>({ status: word(STATUS_KINDS), atMs: uint }) },
  note: { number: 4, codec: struct<Note>({ text: text(MAX_TEXT_BYTES), atMs: uint }) },
  tag: {
    number: 5,
    codec: struct<Tag>({ tag: word(TAG_KINDS), text: text(MAX_TEXT_BYTES), atMs: uint })
  },
  gap: { number: 6, codec: struct<Gap>({ fromUs: int, toUs: int, reason: text(MAX_TEXT_BYTES) }) },
  seal: { number: 7, codec: seal }
}

const BY_NUMBER = new Map(
  Object.entries(KINDS).map(([kind, { number, codec }]) => [number, { kind, codec }])
)

const framed = zeroPadded(
  struct<{ number: number; body: Uint8Array }>({ number: uint, body: bytes(MAX_BLOCK_BYTES) }),
  paddedLength
)

/**
 * The plain bytes of an entry, padded with zeros.
 * @throws TemoinError BAD_ENCODING where a field breaks its limit
 */
export function encodeEntry(entry: Entry): Uint8Array {
  const { number, codec } = KINDS[entry.kind]
  return encode(framed, { number, body: encode(codec, entry.body) })
}

/** @throws TemoinError BAD_ENCODING where the bytes are no entry */
export function decodeEntry(plain: Uint8Array): Entry {
  const { number, body } = decode(framed, plain, 'entry')
  const found = BY_NUMBER.get(number)
  if (!found) throw bad('entry kind ' + number + ' is not known here')
  return { kind: found.kind, body: decode(found.codec, body, found.kind) } as Entry
}

/** Where in time a fragment stands. */
export type Span = Pick<Fragment, 'ptsUs' | 'durationUs'>

/** More than what stands before the media in an entry: six numbers of at most 9 bytes. */
export const SPAN_BYTES = 64

const framing = struct<{ number: number; bodyBytes: number }>({ number: uint, bodyBytes: uint })
const span = struct<Omit<Fragment, 'data'>>(beforeData)

/**
 * Where the fragment stands whose entry begins with these bytes, or null where they begin something
 * else. Spares opening media that nobody asked to see.
 *
 * @param start the first `SPAN_BYTES` of the plain bytes
 * @param plainBytes how many they are in all
 */
export function spanOf(start: Uint8Array, plainBytes: number): Span | null {
  try {
    const state = { buffer: start, start: 0, end: start.byteLength }
    const { number, bodyBytes } = framing.decode(state)
    const fits = plainBytes === paddedLength(state.start + bodyBytes)
    if (number !== KINDS.fragment.number || !fits) return null
    const { ptsUs, durationUs } = span.decode(state)
    return { ptsUs, durationUs }
  } catch {
    return null
  }
}

/**
 * Small entries to multiples of 128 bytes, so that a note looks like a checkpoint; media to
 * multiples of 512, which costs under 1 % at 250 ms of 2.5 Mbit/s.
 */
export function paddedLength(length: number): number {
  const bucket = length <= 4096 ? 128 : 512
  return Math.ceil(length / bucket) * bucket
}
