// The messages of the control channel: one channel for each circle that two devices share, on an
// authenticated link, beside the replication of cores. Order is the wire id: append, never reorder.

import type { DeviceKey, JournalKey, RecordingKey, Signature, TreeHash } from '../types/keys.ts'
import { MAX_BLOCK_BYTES, MAX_HEADS, MAX_KEYS_WANTED, MAX_MEMBERS, MAX_ROUTE } from '../limits.ts'
import { journalHead } from './journal/journal-head.ts'
import type { JournalHead } from './journal/journal-head.ts'
import { peerAddresses } from './pairing/pairing.ts'
import type { PeerAddresses } from './pairing/pairing.ts'
import { receipt } from './recording/receipt.ts'
import { bytes, fixed32, fixed64, list, optional, struct, uint, versioned, word } from './wire.ts'

/**
 * What a device still takes in a circle: whatever is filmed; only more of what it has begun to hold; nothing.
 * Order is the number on the wire: append, never reorder.
 */
export const ROOMS = ['open', 'begun', 'none'] as const
export type Room = (typeof ROOMS)[number]

/** First on every channel, and again whenever something in it changes. */
export interface Hello {
  /** Sender's wall clock, ms since 1970. */
  wallMs: number
  /** Every journal head the sender knows in this circle. */
  heads: JournalHead[]
  /** Where the sender last reached the others, and itself. */
  peers: PeerAddresses[]
  /** What the sender still takes: what it does not is not safe there. */
  room: Room
}

/** "Push me this recording's blocks from `start` on, as they are made." */
export interface Follow {
  recording: RecordingKey
  start: number
}

export interface Unfollow {
  recording: RecordingKey
}

/** One block, sent as it is made, with the author's signature over the tree that ends with it. */
export interface LiveBlock {
  recording: RecordingKey
  index: number
  signature: Signature
  value: Uint8Array
}

/** "I do not push this to you (any more)." */
export interface Refuse {
  recording: RecordingKey
  /** What comes before this block has to be fetched, and then I push; 0 where it is not for that. */
  first: number
}

/**
 * An author's word to one member: "follow these for this recording, best first, and me where you reach
 * none of them". An empty list: "follow me".
 */
export interface Route {
  recording: RecordingKey
  upstreams: DeviceKey[]
}

/** How much of a journal the sender has read, and gives to whoever opens the journal. */
export interface JournalLength {
  journal: JournalKey
  length: number
  /** Of the tree of so many entries: who has another one was shown another history. Null for unknown. */
  treeHash: TreeHash | null
}

/** "I hold this recording, and none of my keys opens it." */
export interface KeyWanted {
  recording: RecordingKey
  /** Grants of it to the sender that it has read, none of which opens it. */
  tried: number
}

/** "More of this journal is signed here than anybody gives: show me what you have of it, from there on." */
export interface LinesWanted {
  journal: JournalKey
  start: number
}

export const hello = versioned(
  1,
  struct<Hello>({
    wallMs: uint,
    heads: list(journalHead, MAX_HEADS),
    peers: list(peerAddresses, MAX_MEMBERS),
    room: word(ROOMS)
  })
)
export const follow = struct<Follow>({ recording: fixed32, start: uint })
export const unfollow = struct<Unfollow>({ recording: fixed32 })
export const refuse = struct<Refuse>({ recording: fixed32, first: uint })
export const liveBlock = struct<LiveBlock>({
  recording: fixed32,
  index: uint,
  signature: fixed64,
  value: bytes(MAX_BLOCK_BYTES)
})
export const receipts = list(receipt, 256)
export const route = struct<Route>({ recording: fixed32, upstreams: list(fixed32, MAX_ROUTE) })
export const journalLengths = list(
  struct<JournalLength>({ journal: fixed32, length: uint, treeHash: optional(fixed32) }),
  MAX_HEADS
)
export const keysWanted = list(
  struct<KeyWanted>({ recording: fixed32, tried: uint }),
  MAX_KEYS_WANTED
)
export const linesWanted = struct<LinesWanted>({ journal: fixed32, start: uint })
