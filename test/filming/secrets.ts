// Listening in on the real crypto while a film is made: copies of every secret that could extend,
// rewrite or open it, for a test that looks for them where they must not be.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import sodium from 'sodium-universal'
import type { Assert } from 'brittle'
import { filesIn } from '../helpers/crashes/crash.ts'

const RATCHET = new Set(['temoin/chain-key/1\n', 'temoin/block-key/1\n'])

export interface Heard {
  /** Secret keys of the signing pairs made since, 64 bytes, and their seeds, 32. */
  signing: Uint8Array[]
  /** Chain keys and block keys used since, the first chain key of each film among them. */
  ratchet: Uint8Array[]
}

/** Copies, taken as the secrets are made, until the end of the test. */
export function listenForSecrets(t: Assert): Heard {
  const heard: Heard = { signing: [], ratchet: [] }
  const { keyPair } = crypto
  const { crypto_generichash_batch: hash } = sodium
  crypto.keyPair = (seed) => {
    const pair = keyPair(seed)
    const secret = b4a.from(pair.secretKey)
    if (seed === undefined) heard.signing.push(secret, secret.subarray(0, 32))
    return pair
  }
  sodium.crypto_generichash_batch = (out, parts, key) => {
    if (key && RATCHET.has(b4a.toString(b4a.from(parts[0]!)))) heard.ratchet.push(b4a.from(key))
    hash(out, parts, key)
    if (key && RATCHET.has(b4a.toString(b4a.from(parts[0]!)))) heard.ratchet.push(b4a.from(out))
  }
  t.teardown(
    () => {
      crypto.keyPair = keyPair
      sodium.crypto_generichash_batch = hash
    },
    { order: -9 }
  )
  return heard
}

/** Names of the files under `dir` that hold any of these bytes. */
export async function filesWith(dir: string, needles: Uint8Array[]): Promise<string[]> {
  const found: string[] = []
  for await (const { file, bytes } of filesIn(dir)) {
    const haystack = b4a.from(bytes)
    if (needles.some((needle) => b4a.indexOf(haystack as any, needle as any) !== -1)) {
      found.push(file)
    }
  }
  return found
}
