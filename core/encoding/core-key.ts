// From a signer's public key to the key of its core. Every core here has one Ed25519 signer and a
// version 1 manifest; its key is the hash of that manifest. Kept apart from Hypercore so that a
// package can be verified with nothing but this file and a hash function; a test holds the two equal.
// Source of the layout: hypercore lib/messages.js (manifest) and lib/verifier.js (manifestHash).

import b4a from 'b4a'
import crypto from 'hypercore-crypto'

const [, , , MANIFEST, DEFAULT_NAMESPACE] = crypto.namespace('hypercore', 6) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array
]

/** The manifest as the options Hypercore takes. */
export function manifestOf(signer: Uint8Array): {
  version: number
  signers: { publicKey: Uint8Array }[]
} {
  return { version: 1, signers: [{ publicKey: signer }] }
}

/** version 1 | no flags | blake2b = 0 | quorum 1 | 1 signer: ed25519 = 0, namespace, public key */
export function encodeManifest(signer: Uint8Array): Uint8Array {
  return b4a.concat([b4a.from([1, 0, 0, 1, 1, 0]), DEFAULT_NAMESPACE, signer])
}

/** Whose BLAKE2b-256 is the core's key; it ends with the signer. 102 bytes. */
export function manifestPreimage(signer: Uint8Array): Uint8Array {
  return b4a.concat([MANIFEST, encodeManifest(signer)])
}

/** The key of the core that `signer` writes. 32 bytes. */
export function coreKey(signer: Uint8Array): Uint8Array {
  return crypto.hash(manifestPreimage(signer))
}

/** What a core is asked for by on a link: it names the core to who has its key, and to nobody else. */
export function discoveryKeyOf(key: Uint8Array): Uint8Array {
  return crypto.discoveryKey(key)
}
