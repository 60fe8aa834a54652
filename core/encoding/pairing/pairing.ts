// The four messages of pairing, sent inside a Noise stream between keys that only the invite gives:
// the candidate commits to its request, the inviter answers with a random number, the candidate shows
// the request, the inviter decides. All but the first are signed by the device keys over the handshake
// hash of that very stream, so none can be replayed elsewhere, somebody else with the same invite
// cannot pass for the inviter, and nobody can choose what the check phrase will be.

import type { CircleId, DeviceKey, Role, Signature } from '../../types/keys.ts'
import { MAX_ADDRESSES, MAX_EPOCHS, MAX_HEADS, MAX_NAME_BYTES } from '../../limits.ts'
import { address } from '../address.ts'
import type { Address } from '../address.ts'
import type { SignedBox } from '../box-claim.ts'
import { circleSecret } from './circle-secret.ts'
import type { CircleSecret } from './circle-secret.ts'
import { journalHead } from '../journal/journal-head.ts'
import type { JournalHead } from '../journal/journal-head.ts'
import { ROLES } from '../journal/journal-entry.ts'
import { bool, bytes, checked, fixed32, fixed64, list, struct } from '../wire.ts'
import { text, versioned, word } from '../wire.ts'

/** Persisted as an index: append, never reorder. */
export const REFUSALS = [
  'expired',
  'used',
  'refused', // that device was revoked
  'full',
  'declined', // a person said no
  'forged', // the request, or the box key in it, is not what its device committed to and signed
  'version',
  'powerless', // the inviter is an organiser no more
  'withdrawn', // the inviter took the invite back
  'on-hold' // the inviter accused somebody alone: the same invite may do later
] as const
export type Refusal = (typeof REFUSALS)[number]

/** Binds the candidate to its request before it knows the inviter's number. */
export interface PairCommit {
  /** H(`temoin/pair-commit/1`, handshake hash, request). 32 bytes. */
  commitment: Uint8Array
}

export interface PairChallenge {
  /** Random. 32 bytes. */
  nonce: Uint8Array
  /** A person looks at each candidate: the answer may take its time. */
  confirm: boolean
}

export interface PairAsk extends SignedBox {
  name: string
  /** Where the candidate can be reached from now on. */
  addresses: Address[]
  /** Random: it hides the request in its commitment. 32 bytes. */
  nonce: Uint8Array
}

/**
 * All a new member needs to find the others and read the circle. One with a name or a whole secret for a
 * relay is none: neither is it written, nor does a relay take it.
 */
export interface PairGrant {
  circle: CircleId
  /** Empty for a relay. */
  name: string
  role: Role
  /** The circle's first secret, which names its channel. */
  secret: CircleSecret
  /** Those of its later epochs, the one in use last: the journals are read with all of them. */
  later: CircleSecret[]
  heads: JournalHead[]
  peers: PeerAddresses[]
}

export interface PeerAddresses {
  device: DeviceKey
  addresses: Address[]
}

export interface Signed {
  body: Uint8Array
  signature: Signature
}

export const pairCommit = versioned(1, struct<PairCommit>({ commitment: fixed32 }))

export const pairChallenge = versioned(1, struct<PairChallenge>({ nonce: fixed32, confirm: bool }))

export const pairAsk = versioned(
  1,
  struct<PairAsk>({
    device: fixed32,
    box: fixed32,
    boxSignature: fixed64,
    name: text(MAX_NAME_BYTES),
    addresses: list(address, MAX_ADDRESSES),
    nonce: fixed32
  })
)

export const peerAddresses = struct<PeerAddresses>({
  device: fixed32,
  addresses: list(address, MAX_ADDRESSES)
})

export const pairGrant = versioned(
  1,
  checked(
    struct<PairGrant>({
      circle: fixed32,
      name: text(MAX_NAME_BYTES),
      role: word(ROLES),
      secret: circleSecret,
      later: list(circleSecret, MAX_EPOCHS),
      heads: list(journalHead, MAX_HEADS),
      peers: list(peerAddresses, 256)
    }),
    isNoMoreThanItsRole,
    'a relay is given a name, or a whole secret'
  )
)

function isNoMoreThanItsRole({ role, name, secret, later }: PairGrant): boolean {
  return role !== 'relay' || (name === '' && ![secret, ...later].some(({ whole }) => whole))
}

export const refusal = versioned(1, word(REFUSALS))

/** A message and its signature. A grant of a circle of forty with its heads fits in 64 KiB. */
export const signed = struct<Signed>({ body: bytes(1024 * 1024), signature: fixed64 })
