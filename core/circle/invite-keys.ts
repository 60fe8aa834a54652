// The meeting point an invite's secret names: a key pair the inviter listens on, and the only key it
// lets in. Somebody without the secret finds neither; with it, nobody can pass for the inviter, who
// also signs with the device key the invite carries.

import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import { labelled } from '../identity/hash.ts'

export function inviterKeyPair(secret: Uint8Array): KeyPair {
  return crypto.keyPair(labelled('temoin/invite-inviter/1', secret))
}

export function candidateKeyPair(secret: Uint8Array): KeyPair {
  return crypto.keyPair(labelled('temoin/invite-candidate/1', secret))
}
