// How one device's journal core is introduced to the members: told in hellos and pairing answers,
// and kept in the device's state. A head that not both keys have signed is not a head.

import type { DeviceKey, JournalKey, Signature, SignerKey } from '../../types/keys.ts'
import { fixed32, fixed64, optional, struct, uint } from '../wire.ts'

export interface JournalHead {
  device: DeviceKey
  /** Ed25519 key that signs the journal's blocks; the core key is the hash of its manifest. */
  signer: SignerKey
  startedAtMs: number
  /** The device's journal before this one, where an unclean stop ended it. */
  previous: JournalKey | null
  /** By the device key, over the attestation of the journal core. */
  signature: Signature
  /** By the journal's own key, over the same: nobody vouches for what somebody else writes. */
  proof: Signature
}

export const journalHead = struct<JournalHead>({
  device: fixed32,
  signer: fixed32,
  startedAtMs: uint,
  previous: optional(fixed32),
  signature: fixed64,
  proof: fixed64
})
