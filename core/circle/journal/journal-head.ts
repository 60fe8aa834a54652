// Making and checking the introduction of a journal core. Pure.
// Its device vouches for the core, and the core's key for the device: a journal has one head for good, so
// who could claim another's first would have what that one says taken for its own words.

import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import { attested } from '../../encoding/attestation.ts'
import type { Attested } from '../../encoding/attestation.ts'
import { coreKey } from '../../encoding/core-key.ts'
import { hex } from '../../encoding/hex.ts'
import type { JournalHead } from '../../encoding/journal/journal-head.ts'
import { LABELS, signable } from '../../encoding/signable.ts'
import { encode } from '../../encoding/wire.ts'
import { verifyAttestation } from '../../identity/device-keys.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { isSound } from '../../identity/sound-signatures.ts'
import type { CircleId, JournalKey } from '../../types/keys.ts'

const ids = new WeakMap<JournalHead, string>()

/** The key of the head's journal, as hex; worked out once for each. */
export function journalIdOf(head: JournalHead): string {
  const known = ids.get(head)
  if (known !== undefined) return known
  const id = hex(coreKey(head.signer))
  ids.set(head, id)
  return id
}

export function makeHead(
  keys: DeviceKeys,
  circle: CircleId,
  start: { pair: KeyPair; startedAtMs: number; previous: JournalKey | null }
): JournalHead {
  const { pair, startedAtMs, previous } = start
  const { device } = keys
  const signer = pair.publicKey
  const claim = { kind: 'journal', circle, core: coreKey(signer), startedAtMs, previous } as const
  const signature = keys.attest(claim)
  const proof = crypto.sign(provable({ ...claim, device }), pair.secretKey)
  return { device, signer, startedAtMs, previous, signature, proof }
}

/** True where the device named in the head vouches for that journal in this circle, and writes it. */
export function isGenuineHead(circle: CircleId, head: JournalHead): boolean {
  const { device, signer, startedAtMs, previous, signature, proof } = head
  const core = coreKey(signer)
  const claim: Attested = { kind: 'journal', circle, device, core, startedAtMs, previous }
  return verifyAttestation(claim, signature) && isSound(provable(claim), proof, signer)
}

function provable(claim: Attested): Uint8Array {
  return signable(LABELS.journal, encode(attested, claim))
}
