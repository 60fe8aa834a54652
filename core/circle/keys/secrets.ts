// What the secrets of a circle are used for, each use under its own label. The first one names the
// circle's channel for ever; every epoch's encrypts its journal entries and keys its recordings' tags.

import b4a from 'b4a'
import { EPOCH_BYTES } from '../../encoding/journal-entry.ts'
import type { CircleId, DeviceKey, EpochId } from '../../types/keys.ts'
import { derive, labelled } from '../../identity/hash.ts'

/**
 * The circle's name on the wire of an authenticated link. 32 bytes. From the first secret: a member that
 * was out of reach at a re-keying must be able to open it to hear of that. It is a name and no key; who
 * may open the channel is decided by the device key of the link.
 */
export function channelId(secret: Uint8Array): Uint8Array {
  return derive(secret, 'temoin/channel/1')
}

/** Encrypts the journal entries of one epoch. 32 bytes. */
export function journalKey(secret: Uint8Array): Uint8Array {
  return derive(secret, 'temoin/journal-key/1')
}

/** Keys the tags that the recordings of one epoch show in place of circle and device. 32 bytes. */
export function tagKey(secret: Uint8Array): Uint8Array {
  return derive(secret, 'temoin/tag-key/1')
}

/** What a journal block names its epoch by. */
export function epochIdOf(secret: Uint8Array): EpochId {
  return b4a.from(derive(secret, 'temoin/epoch/1').subarray(0, EPOCH_BYTES))
}

/** Seals the secrets of the epochs before. 32 bytes, used once. */
export function olderKey(secret: Uint8Array): Uint8Array {
  return derive(secret, 'temoin/epoch-older/1')
}

/** The id binds the founder: nobody else can have made the first statement of this circle. */
export function circleIdOf(founder: DeviceKey, nonce: Uint8Array): CircleId {
  return labelled('temoin/circle/1', founder, nonce)
}
