// Watching the real crypto at work: which buffers held a recording's secrets. Nothing is replaced by
// anything that behaves otherwise; the functions are called as they are, and their buffers kept.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import sodium from 'sodium-universal'
import type { Assert } from 'brittle'

export interface Secrets {
  /** Secret keys of Ed25519 pairs made since. */
  signing: Uint8Array[]
  /** Buffers that held a chain key, in order: the last one holds the newest. */
  chain: Set<Uint8Array>
  /** Buffers that held a block key. */
  block: Uint8Array[]
}

/** Collects the buffers themselves, not copies, until the test ends. */
export function spySecrets(t: Assert): Secrets {
  const secrets: Secrets = { signing: [], chain: new Set(), block: [] }
  const { keyPair } = crypto
  const { crypto_generichash_batch: hash } = sodium
  crypto.keyPair = (seed) => {
    const pair = keyPair(seed)
    secrets.signing.push(pair.secretKey)
    return pair
  }
  sodium.crypto_generichash_batch = (out, parts, key) => {
    hash(out, parts, key)
    const label = b4a.toString(b4a.from(parts[0]!))
    if (label === 'temoin/block-key/1\n') secrets.block.push(out)
    if (label === 'temoin/chain-key/1\n') secrets.chain.add(key!).add(out)
  }
  t.teardown(() => {
    crypto.keyPair = keyPair
    sodium.crypto_generichash_batch = hash
  })
  return secrets
}
