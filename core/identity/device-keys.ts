// The keys of one installation, all from one 32-byte seed: an Ed25519 pair that is its Noise identity
// and signs its statements, an X25519 pair that opens keys wrapped for it, and the key its own memory
// and journals hang on. The seed is gone once these are made. Locked, it keeps what handing on and
// holding need, and can open nothing that was wrapped for it.
// Must never: sign a bare buffer; every signature goes through a labelled signable.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import type { BoxKey, DeviceKey, Signature } from '../types/keys.ts'
import { attested } from '../encoding/attestation.ts'
import type { Attested } from '../encoding/attestation.ts'
import { boxClaim } from '../encoding/box-claim.ts'
import type { SignedBox } from '../encoding/box-claim.ts'
import { LABELS, signable } from '../encoding/signable.ts'
import type { Label } from '../encoding/signable.ts'
import { encode } from '../encoding/wire.ts'
import { derive, wipe } from './hash.ts'
import { isSound } from './sound-signatures.ts'

export class DeviceKeys {
  readonly noise: KeyPair
  readonly #box: KeyPair
  readonly #own: Uint8Array
  #locked = false

  /** @param seed 32 bytes, taken over: zeros when this returns */
  constructor(seed: Uint8Array) {
    this.noise = pairFrom(derive(seed, 'temoin/device-sign/1'), crypto.keyPair)
    this.#box = pairFrom(derive(seed, 'temoin/device-box/1'), crypto.encryptionKeyPair)
    this.#own = derive(seed, 'temoin/device-own/1')
    wipe(seed)
  }

  get device(): DeviceKey {
    return this.noise.publicKey
  }

  get box(): BoxKey {
    return this.#box.publicKey
  }

  /** Both public keys, and this device's word that they belong together: the same each time. */
  get signedBox(): SignedBox {
    const { device, box } = this
    return {
      device,
      box,
      boxSignature: this.sign(LABELS.boxKey, encode(boxClaim, { device, box }))
    }
  }

  /** A secret for one purpose, the same after every restart. 32 bytes. */
  secret(label: string, ...parts: Uint8Array[]): Uint8Array {
    return derive(this.#own, label, ...parts)
  }

  sign(label: Label, body: Uint8Array): Signature {
    return crypto.sign(signable(label, body), this.noise.secretKey)
  }

  /** This device vouching for a core it writes. */
  attest(claim: Omit<Attested, 'device'>): Signature {
    return this.sign(LABELS.attestation, encode(attested, { ...claim, device: this.device }))
  }

  /** Opens a `crypto_box_seal` addressed to this device, or returns null: not for it, or locked. */
  unwrap(sealed: Uint8Array): Uint8Array | null {
    return this.#locked ? null : crypto.decrypt(sealed, this.#box)
  }

  get isLocked(): boolean {
    return this.#locked
  }

  /** Forgets the key that opens what was wrapped for this device; the seed went long ago. */
  lock(): void {
    this.#locked = true
    wipe(this.#box.secretKey)
  }

  /**
   * @param seed 32 bytes, taken over as by the constructor
   * @returns false where it is another device's
   */
  unlock(seed: Uint8Array): boolean {
    const again = new DeviceKeys(seed)
    const same = b4a.equals(again.device, this.device)
    if (same) {
      this.#box.secretKey.set(again.#box.secretKey)
      this.#locked = false
    }
    again.wipe()
    return same
  }

  wipe(): void {
    this.#locked = true
    wipe(this.#own)
    wipe(this.noise.secretKey)
    wipe(this.#box.secretKey)
  }
}

function pairFrom(seed: Uint8Array, make: (seed: Uint8Array) => KeyPair): KeyPair {
  const pair = make(seed)
  wipe(seed)
  return pair
}

/** True where `signature` is `device`'s over that statement. Never throws on bad evidence. */
export function verifyStatement(
  label: Label,
  body: Uint8Array,
  signature: Signature,
  device: DeviceKey
): boolean {
  return isSound(signable(label, body), signature, device)
}

/** True where the device named in the claim vouches for the core named in it. */
export function verifyAttestation(claim: Attested, signature: Signature): boolean {
  return verifyStatement(LABELS.attestation, encode(attested, claim), signature, claim.device)
}

/** True where the device named there says that this box key is its own. */
export function verifyBox({ device, box, boxSignature }: SignedBox): boolean {
  return verifyStatement(LABELS.boxKey, encode(boxClaim, { device, box }), boxSignature, device)
}

/** Seals a secret so that only the owner of `box` can open it. 48 bytes longer than the secret. */
export function wrapFor(box: BoxKey, secret: Uint8Array): Uint8Array {
  return crypto.encrypt(secret, box)
}
