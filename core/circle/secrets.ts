// What a circle's secret is used for, each use under its own label.

import type { CircleId, DeviceKey } from '../types/keys.ts'
import { derive, labelled } from '../identity/hash.ts'

/** The circle's name on the wire of an authenticated link: known to members alone. 32 bytes. */
export function channelId(secret: Uint8Array): Uint8Array {
  return derive(secret, 'temoin/channel/1')
}

/** Encrypts the entries of every journal of the circle. 32 bytes. */
export function journalKey(secret: Uint8Array): Uint8Array {
  return derive(secret, 'temoin/journal-key/1')
}

/** Keys the tags that recordings show in place of circle and device. 32 bytes. */
export function tagKey(secret: Uint8Array): Uint8Array {
  return derive(secret, 'temoin/tag-key/1')
}

/** The id binds the founder: nobody else can have made the first statement of this circle. */
export function circleIdOf(founder: DeviceKey, nonce: Uint8Array): CircleId {
  return labelled('temoin/circle/1', founder, nonce)
}
