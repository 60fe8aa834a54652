// The newest blocks of one recording, kept in memory for who has just caught up. Their bytes are copied into
// one buffer that is used over and over: each in the buffer it came in, they lived just long enough to be
// taken for lasting, and to be rid of those the collector went over all of the memory twice a minute.
// Must never: have a hole, forget what must be kept, or overwrite what it has not forgotten.

import b4a from 'b4a'
import { LIVE_TAIL_BYTES } from '../../limits.ts'
import type { SignedBlock } from '../../recording/writer.ts'
import type { Signature } from '../../types/keys.ts'

interface Kept {
  block: SignedBlock
  /** Where in the ring it begins; null where it found no room there and is as it came. */
  from: number | null
}

export class Tail {
  readonly #kept: Kept[] = []
  #ring: Uint8Array | null = null
  /** Where in the ring the newest ends. */
  #end = 0
  #bytes = 0

  /** The last one's index; null where there is none. */
  get last(): number | null {
    return this.#kept.at(-1)?.block.index ?? null
  }

  /** Or null where it is not here (any more). Its bytes hold until the next block is added. */
  at(index: number): SignedBlock | null {
    return this.#kept[index - (this.#kept[0]?.block.index ?? 0)]?.block ?? null
  }

  /** The oldest first. Their bytes hold until the next block is added. */
  get blocks(): SignedBlock[] {
    return this.#kept.map(({ block }) => block)
  }

  /**
   * Only blocks in a row: those before one that comes by another way are forgotten.
   * @param keepFrom blocks from here on are never forgotten to make room
   */
  add(block: SignedBlock, keepFrom: number): void {
    if (this.last !== null && this.last + 1 !== block.index) this.clear()
    const size = sizeOf(block)
    while (!this.#fits(size) && this.#mayForget(keepFrom)) this.#forgetOldest()
    const from = this.#roomFor(size)
    this.#kept.push({ block: from === null ? block : this.#copy(block, from), from })
    this.#bytes += size
  }

  clear(): void {
    this.#kept.length = 0
    this.#ring = null
    this.#bytes = 0
  }

  #mayForget(keepFrom: number): boolean {
    return this.#kept.length > 0 && this.#kept[0]!.block.index < keepFrom
  }

  #forgetOldest(): void {
    this.#bytes -= sizeOf(this.#kept.shift()!.block)
  }

  #fits(size: number): boolean {
    return this.#bytes + size <= LIVE_TAIL_BYTES && this.#roomFor(size) !== null
  }

  /** Where in the ring so many bytes in a row are free, or null. */
  #roomFor(size: number): number | null {
    const oldest = this.#kept.find(({ from }) => from !== null)?.from ?? null
    if (oldest === null) return size <= LIVE_TAIL_BYTES ? 0 : null
    if (this.#end <= oldest) return this.#end + size <= oldest ? this.#end : null
    if (this.#end + size <= LIVE_TAIL_BYTES) return this.#end
    return size <= oldest ? 0 : null
  }

  #copy({ index, value, signature }: SignedBlock, from: number): SignedBlock {
    const ring = (this.#ring ??= b4a.allocUnsafeSlow(LIVE_TAIL_BYTES))
    const middle = from + value.byteLength
    this.#end = middle + signature.byteLength
    ring.set(value, from)
    ring.set(signature, middle)
    return {
      index,
      value: ring.subarray(from, middle),
      signature: ring.subarray(middle, this.#end) as Signature
    }
  }
}

function sizeOf({ value, signature }: SignedBlock): number {
  return value.byteLength + signature.byteLength
}
