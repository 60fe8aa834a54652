// Branded byte types: keys and hashes of the same length that must never be swapped.
// A brand exists only for the compiler; at run time every one of them is a plain Uint8Array.

declare const brand: unique symbol
type Branded<Name extends string> = Uint8Array & { readonly [brand]?: Name }

/** Ed25519 public key of a device: its Noise identity, and the signer of its statements. 32 bytes. */
export type DeviceKey = Branded<'DeviceKey'>
/** X25519 public key a device opens wrapped keys with. 32 bytes. */
export type BoxKey = Branded<'BoxKey'>
/** Key of a recording's core: the hash of its manifest. 32 bytes. */
export type RecordingKey = Branded<'RecordingKey'>
/** Ed25519 public key that signs one recording, destroyed at the seal. 32 bytes. */
export type SignerKey = Branded<'SignerKey'>
/** Key of a journal's core. 32 bytes. */
export type JournalKey = Branded<'JournalKey'>
/** Hash of a circle's founding statement. 32 bytes. */
export type CircleId = Branded<'CircleId'>
/** Merkle tree hash of a core at one length. 32 bytes. */
export type TreeHash = Branded<'TreeHash'>
/** Ed25519 detached signature. 64 bytes. */
export type Signature = Branded<'Signature'>
/** Names one secret of a circle, and tells nothing of it. 16 bytes. */
export type EpochId = Branded<'EpochId'>
/** What a relay is given of one secret of a circle: all its keys but that of words. 32 bytes. */
export type RelaySecret = Branded<'RelaySecret'>
/** Secret that opens a recording from its first block on. 32 bytes. */
export type ChainKey = Branded<'ChainKey'>

/** What a member may do. Persisted as its index in `ROLES`. */
export type Role = 'organiser' | 'contact' | 'keeper' | 'relay'
