// What the secrets of a circle are used for, each use under its own label. From a secret follows its
// relay secret, and never the other way; from that everything that a relay has to do as well. Only words
// and the secrets before it hang on the whole of it.

import b4a from 'b4a'
import type { CircleSecret } from '../../encoding/pairing/circle-secret.ts'
import { EPOCH_BYTES } from '../../encoding/journal/journal-entry.ts'
import type { CircleId, DeviceKey, EpochId, JournalKey, RelaySecret } from '../../types/keys.ts'
import { derive, labelled } from '../../identity/hash.ts'

/** What of a secret a relay is given. 32 bytes. */
export function relaySecret(secret: Uint8Array): RelaySecret {
  return derive(secret, 'temoin/relay-secret/1')
}

export function relaySecretIn({ whole, bytes }: CircleSecret): RelaySecret {
  return whole ? relaySecret(bytes) : bytes
}

/** The same secret, no more of it than a relay may have. */
export function forRelay(secret: CircleSecret): CircleSecret {
  return { whole: false, bytes: relaySecretIn(secret) }
}

/** Encrypts the words of the journal entries of one epoch. 32 bytes. */
export function journalKey(secret: Uint8Array): Uint8Array {
  return derive(secret, 'temoin/journal-key/1')
}

/** Encrypts the journal entries of one epoch: their outlines, and their words once more. 32 bytes. */
export function outlineKey(relay: RelaySecret): Uint8Array {
  return derive(relay, 'temoin/outline-key/1')
}

/**
 * The circle's name on the wire of an authenticated link. 32 bytes. From the first secret: a member that
 * was out of reach at a re-keying must be able to open it to hear of that. It is a name and no key; who
 * may open the channel is decided by the device key of the link.
 */
export function channelId(relay: RelaySecret): Uint8Array {
  return derive(relay, 'temoin/channel/1')
}

/** Keys the tags that the recordings of one epoch show in place of circle and device. 32 bytes. */
export function tagKey(relay: RelaySecret): Uint8Array {
  return derive(relay, 'temoin/tag-key/1')
}

/** What a journal block names its epoch by. */
export function epochIdOf(relay: RelaySecret): EpochId {
  return b4a.from(derive(relay, 'temoin/epoch/1').subarray(0, EPOCH_BYTES))
}

/** Seals the secrets of the epochs before, or the relay secrets of these. 32 bytes, used once. */
export function olderKey(secret: Uint8Array | RelaySecret): Uint8Array {
  return derive(secret, 'temoin/epoch-older/1')
}

/**
 * The id binds the founder, so that nobody else can have made the first statement of this circle, and the
 * journal it stands in, so that nobody who has the founder's seed later can make it again elsewhere.
 */
export function circleIdOf(founder: DeviceKey, journal: JournalKey): CircleId {
  return labelled('temoin/circle/1', founder, journal)
}
