// Block 0 of a recording. The public half is what a relay may see: tags instead of names, wrapped
// keys padded to a bucket, the attestation. The private half is sealed under the first block key.
//
//   u8 version = 1 | public | bytes sealed private half
//
// Must never: carry a name, a place or a device key in the public half.

import type { CircleId, DeviceKey, RecordingKey, Signature, SignerKey } from '../../types/keys.ts'
import { MAX_BLOCK_BYTES, MAX_INIT_BYTES, MAX_TEXT_BYTES, WRAP_BUCKETS } from '../../limits.ts'
import {
  bytes,
  fixed,
  fixed32,
  fixed64,
  int,
  list,
  optional,
  struct,
  text,
  uint,
  versioned
} from '../wire.ts'

/** crypto_box_seal of a 32-byte key: 32 bytes ephemeral key, 16 bytes tag, 32 bytes ciphertext. */
export const WRAPPED_BYTES = 80

const MOST_WRAPPED = WRAP_BUCKETS[WRAP_BUCKETS.length - 1]!

export interface PublicHeader {
  /** Keyed hash of the circle for this recording: equal only to who knows the circle. */
  circleTag: Uint8Array
  /** Keyed hash of the author's device key for this recording. */
  deviceTag: Uint8Array
  /** The recording's signer; the core key is the hash of its manifest. */
  signer: SignerKey
  /** Wall clock of the author at the start, ms since 1970: a claim. */
  startedAtMs: number
  /** The part this one goes on from, or null. */
  previous: RecordingKey | null
  /** The author's attestation of this recording. */
  attestation: Signature
  /** What is said of it afterwards is sealed with this (X25519): only who can open the recording opens it. */
  noteKey: Uint8Array
  /** The first chain key, sealed to each reader; filled up with random ones to a bucket. */
  wrappedKeys: Uint8Array[]
  /** Sealed `PrivateHeader`. */
  sealed: Uint8Array
}

export interface PrivateHeader {
  circle: CircleId
  device: DeviceKey
  /** Container MIME type with codecs, as far as known. */
  mime: string
  /** The media's init segment, byte for byte. */
  init: Uint8Array
  /** Author's clock less a peer's, ms, where one was compared; 0 where not. */
  clockOffsetMs: number
  /** A public value that nobody could know earlier, proving "not before", or null. */
  beacon: Uint8Array | null
  /** Version of the software that filmed. */
  build: string
  /** Milliseconds of media held in memory before the start was pressed; 0 as a rule. */
  preEventMs: number
}

export const publicHeader = versioned(
  1,
  struct<PublicHeader>({
    circleTag: fixed32,
    deviceTag: fixed32,
    signer: fixed32,
    startedAtMs: uint,
    previous: optional(fixed32),
    attestation: fixed64,
    noteKey: fixed32,
    wrappedKeys: list(fixed(WRAPPED_BYTES), MOST_WRAPPED),
    sealed: bytes(MAX_BLOCK_BYTES)
  })
)

export const privateHeader = versioned(
  1,
  struct<PrivateHeader>({
    circle: fixed32,
    device: fixed32,
    mime: text(MAX_TEXT_BYTES),
    init: bytes(MAX_INIT_BYTES),
    clockOffsetMs: int,
    beacon: optional(bytes(MAX_TEXT_BYTES)),
    build: text(256),
    preEventMs: uint
  })
)
