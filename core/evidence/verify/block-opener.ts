// Which block is this? A block opens only with the key of its own index, bound to its recording, so
// a block that is not where it belongs can still be told by trying. Trying is bounded.
// The keys here are no secret: they come with the package.

import type { ChainKey, RecordingKey } from '../../types/keys.ts'
import { readPublicHeader } from '../../recording/reader.ts'
import { openBlock } from '../../recording/block-cipher.ts'
import { Ratchet } from '../../recording/ratchet.ts'

/** Bytes authenticated in search of misplaced blocks, over a whole part: a second or so of work. */
const SEARCH_BYTES = 256 * 1024 * 1024

/** Indexes tried, nearest first, for one block. */
const SEARCH_INDEXES = 4096

export interface Found {
  index: number
  plain: Uint8Array
}

export class BlockOpener {
  readonly key: RecordingKey
  readonly #ratchet: Ratchet
  readonly #keys: Uint8Array[] = []
  readonly #count: number
  #budget = SEARCH_BYTES

  /** @param count indexes that may occur: 0 .. count - 1 */
  constructor(key: RecordingKey, chainKey: ChainKey, count: number) {
    this.key = key
    this.#ratchet = new Ratchet(chainKey)
    this.#count = count
  }

  /** The plain bytes of block `index` (of block 0: its private half), or null where it is not that. */
  open(index: number, block: Uint8Array): Uint8Array | null {
    const sealed = index === 0 ? sealedHalf(block) : block
    return sealed === null ? null : openBlock(this.#keyOf(index), this.key, index, sealed)
  }

  /** Looks for the index a block belongs to, from `near` outwards. */
  find(block: Uint8Array, near: number): Found | null {
    for (let distance = 0; distance < SEARCH_INDEXES; distance++) {
      for (const index of distance === 0 ? [near] : [near + distance, near - distance]) {
        if (index < 0 || index >= this.#count) continue
        if (this.#budget < block.byteLength) return null
        this.#budget -= block.byteLength
        const plain = this.open(index, block)
        if (plain !== null) return { index, plain }
      }
    }
    return null
  }

  #keyOf(index: number): Uint8Array {
    while (this.#keys.length <= index) this.#keys.push(this.#ratchet.next())
    return this.#keys[index]!
  }
}

function sealedHalf(block: Uint8Array): Uint8Array | null {
  try {
    return readPublicHeader(block).sealed
  } catch {
    return null
  }
}
