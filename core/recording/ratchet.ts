// One-time block keys from a one-way chain. Key i opens block i and nothing else; once the chain has
// moved on, the keys before it cannot be had from it. A phone seized in mid-film holds only the
// chain key of the next block.
//
//   key(i)     = BLAKE2b(chain(i), "temoin/block-key/1")
//   chain(i+1) = BLAKE2b(chain(i), "temoin/chain-key/1"), chain(i) is zeroed
//
// Source of the construction: the symmetric-key ratchet of Signal (The Double Ratchet Algorithm, 2.2).

import b4a from 'b4a'
import type { ChainKey } from '../types/keys.ts'
import { derive, wipe } from '../identity/hash.ts'

export class Ratchet {
  #chain: Uint8Array
  #index = 0

  /** @param first chain key of block 0; it is copied, the caller wipes its own */
  constructor(first: ChainKey) {
    this.#chain = b4a.from(first)
  }

  /** Index of the block whose key comes next. */
  get index(): number {
    return this.#index
  }

  /** The key of the next block; the caller wipes it after use. 32 bytes. */
  next(): Uint8Array {
    const key = derive(this.#chain, 'temoin/block-key/1')
    const chain = derive(this.#chain, 'temoin/chain-key/1')
    wipe(this.#chain)
    this.#chain = chain
    this.#index++
    return key
  }

  /** A copy of the chain key that opens everything from `index` on; the caller wipes it. */
  chainKey(): ChainKey {
    return b4a.from(this.#chain)
  }

  /** A copy that can go on by itself: readers keep one now and then, to seek back. */
  clone(): Ratchet {
    const copy = new Ratchet(this.#chain)
    copy.#index = this.#index
    return copy
  }

  wipe(): void {
    wipe(this.#chain)
  }
}
