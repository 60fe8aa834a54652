// The keys of one installation, all from one 32-byte seed: an Ed25519 pair that is its Noise identity
// and signs its statements, and an X25519 pair that opens keys wrapped for it.
// Must never: sign a bare buffer; every signature goes through a labelled signable.

import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import type { BoxKey, DeviceKey, Signature } from '../types/keys.ts'
import { attested } from '../encoding/attestation.ts'
import type { Attested } from '../encoding/attestation.ts'
import { LABELS, signable } from '../encoding/signable.ts'
import type { Label } from '../encoding/signable.ts'
import { encode } from '../encoding/wire.ts'
import { derive, wipe } from './hash.ts'

export class DeviceKeys {
  readonly noise: KeyPair
  readonly #box: KeyPair
  readonly #seed: Uint8Array

  /** @param seed 32 bytes; this object keeps it and wipes it on `wipe()` */
  constructor(seed: Uint8Array) {
    this.#seed = seed
    this.noise = crypto.keyPair(derive(seed, 'temoin/device-sign/1'))
    this.#box = crypto.encryptionKeyPair(derive(seed, 'temoin/device-box/1'))
  }

  get device(): DeviceKey {
    return this.noise.publicKey
  }

  get box(): BoxKey {
    return this.#box.publicKey
  }

  /** A secret for one purpose, the same after every restart. 32 bytes. */
  secret(label: string, ...parts: Uint8Array[]): Uint8Array {
    return derive(this.#seed, label, ...parts)
  }

  sign(label: Label, body: Uint8Array): Signature {
    return crypto.sign(signable(label, body), this.noise.secretKey)
  }

  /** This device vouching for a core it writes. */
  attest(claim: Omit<Attested, 'device'>): Signature {
    return this.sign(LABELS.attestation, encode(attested, { ...claim, device: this.device }))
  }

  /** Opens a `crypto_box_seal` addressed to this device, or returns null where it is not for it. */
  unwrap(sealed: Uint8Array): Uint8Array | null {
    return crypto.decrypt(sealed, this.#box)
  }

  wipe(): void {
    wipe(this.#seed)
    wipe(this.noise.secretKey)
    wipe(this.#box.secretKey)
  }
}

/** True where `signature` is `device`'s over that statement. Never throws on bad evidence. */
export function verifyStatement(
  label: Label,
  body: Uint8Array,
  signature: Signature,
  device: DeviceKey
): boolean {
  return crypto.verify(signable(label, body), signature, device)
}

/** True where the device named in the claim vouches for the core named in it. */
export function verifyAttestation(claim: Attested, signature: Signature): boolean {
  return verifyStatement(LABELS.attestation, encode(attested, claim), signature, claim.device)
}

/** Seals a secret so that only the owner of `box` can open it. 48 bytes longer than the secret. */
export function wrapFor(box: BoxKey, secret: Uint8Array): Uint8Array {
  return crypto.encrypt(secret, box)
}
