// Making the entry that gives a circle a new secret, and opening it. No I/O; what it makes is the same
// size for one member as for eight. A relay is given the relay secrets alone, in boxes that look alike.
// Must never: wrap a secret for a device that is not a member at that moment, or a whole one for a relay.

import b4a from 'b4a'
import type { CircleSecret } from '../../encoding/pairing/circle-secret.ts'
import { WRAPPED_BYTES } from '../../encoding/recording/header.ts'
import type { Rekeyed } from '../../encoding/journal/journal-entry.ts'
import { open, seal, ZERO_NONCE } from '../../identity/aead.ts'
import { wrapFor } from '../../identity/device-keys.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { randomBytes } from '../../identity/hash.ts'
import { WRAP_BUCKETS } from '../../limits.ts'
import type { BoxKey, DeviceKey } from '../../types/keys.ts'
import { epochIdOf, olderKey, relaySecret } from './secrets.ts'

const SECRET_BYTES = 32

export interface RekeyingFacts {
  members: { device: DeviceKey; box: BoxKey; isRelay: boolean }[]
  /** Revoked. */
  without: DeviceKey[]
  /** Whole secrets of the epochs before, at most `MAX_EPOCHS`. */
  older: Uint8Array[]
  atMs: number
}

/** A fresh secret for these members. @param secret 32 random bytes */
export function makeRekeyed(
  { members, without, older, atMs }: RekeyingFacts,
  secret = randomBytes(SECRET_BYTES)
): Rekeyed {
  const relay = relaySecret(secret)
  const wrapped = members.map(({ device, box, isRelay: forRelay }) => {
    return { device, box: wrapFor(box, forRelay ? relay : secret), forRelay }
  })
  const olderForRelays = older.map(relaySecret)
  return {
    epoch: epochIdOf(relay),
    without: filled(without, () => randomBytes(32)),
    wrapped: filled(wrapped, () => filler()),
    carries: olderForRelays.map(epochIdOf),
    older: sealOlder(secret, older),
    olderForRelays: sealOlder(relay, olderForRelays),
    atMs
  }
}

/** What a `rekeyed` holds for this device, the new secret last; nothing where it is not what it says. */
export function openRekeyed(body: Rekeyed, keys: DeviceKeys): CircleSecret[] {
  const own = body.wrapped.find(({ device }) => b4a.equals(device, keys.device))
  const bytes = own ? keys.unwrap(own.box) : null
  if (bytes === null || bytes.byteLength !== SECRET_BYTES) return []
  const whole = !own!.forRelay
  const relay = whole ? relaySecret(bytes) : bytes
  if (!b4a.equals(epochIdOf(relay), body.epoch)) return []
  const parts = openOlder(relay, body.olderForRelays)
  const wholes = whole ? openOlder(bytes, body.older) : []
  return [
    ...parts.map((bytes) => ({ whole: false, bytes })),
    ...wholes.map((bytes) => ({ whole: true, bytes })),
    { whole, bytes }
  ]
}

function filler(): Rekeyed['wrapped'][0] {
  return { device: randomBytes(32), box: randomBytes(WRAPPED_BYTES), forRelay: false }
}

function filled<T>(items: T[], filler: () => T): T[] {
  const count = WRAP_BUCKETS.find((bucket) => bucket >= items.length) ?? items.length
  return [...items, ...Array.from({ length: count - items.length }, filler)]
}

function sealOlder(secret: Uint8Array, older: Uint8Array[]): Uint8Array {
  return seal(olderKey(secret), ZERO_NONCE, b4a.concat(older))
}

/** None where they do not open: the new secret is of use without them. */
function openOlder(secret: Uint8Array, sealed: Uint8Array): Uint8Array[] {
  const plain = open(olderKey(secret), ZERO_NONCE, sealed)
  if (plain === null || plain.byteLength % SECRET_BYTES !== 0) return []
  return Array.from({ length: plain.byteLength / SECRET_BYTES }, (_, i) =>
    b4a.from(plain.subarray(i * SECRET_BYTES, (i + 1) * SECRET_BYTES))
  )
}
