// Reads the blocks of a part one after the other and says which is which: whole, damaged, missing,
// swapped, put in. The tree hash alone would only say that something is wrong.
// Must never: hold more than two blocks in memory.

import type { BlockOpener } from './block-opener.ts'
import { partFiles } from '../layout.ts'
import type { OpenedPackage } from './opened-package.ts'
import { clock } from '../text/printable.ts'
import type { ReasonCode } from './verdict.ts'

export interface WalkedBlock {
  /** As it stands in blocks.bin. */
  block: Uint8Array
  /** Which block of the recording it is, or null where it opens as none. */
  index: number | null
  plain: Uint8Array | null
}

export interface WalkOptions {
  opened: OpenedPackage
  part: number
  sizes: number[]
  /** Null where no key opens the log: blocks are then only read. */
  opener: BlockOpener | null
  /** Blocks the author signed for, or null where that is not known. */
  signedLength: number | null
  /** Media time of the blocks consumed so far. */
  secondsNow: () => number
}

export class LogWalk {
  /** False from the first block on that is not the one that belongs there. */
  intact = true
  readonly #options: WalkOptions
  readonly #file: string
  readonly #offsets: number[] = [0]
  /** Index less position: blocks missing before here, less blocks put in. */
  #shift = 0
  /** Bytes blocks.bin is ahead of sizes.txt. */
  #slip = 0
  /** Position to index, for the second block of a swapped pair. */
  readonly #swapped = new Map<number, number>()

  constructor(options: WalkOptions) {
    this.#options = options
    this.#file = partFiles(options.part).blocks
    for (const size of options.sizes) this.#offsets.push(this.#offsets.at(-1)! + size)
  }

  async *blocks(): AsyncGenerator<WalkedBlock> {
    for (let position = 0; position < this.#options.sizes.length; position++) {
      const block = await this.#read(position)
      if (block === null) return this.#cutShort(position)
      const walked = await this.#identify(position, block)
      if (walked !== null) yield walked
    }
  }

  /** Null where the position has no block of its own and the next one must be read instead. */
  async #identify(position: number, block: Uint8Array): Promise<WalkedBlock | null> {
    const { opener } = this.#options
    if (opener === null) return { block, index: null, plain: null }
    const expected = this.#swapped.get(position) ?? position + this.#shift
    const plain = opener.open(expected, block)
    if (plain !== null) return { block, index: expected, plain }
    this.intact = false
    const found = opener.find(block, expected)
    if (found === null) return this.#explainForeign(position, expected, block)
    await this.#explainMisplaced(position, expected, found.index)
    return { block, ...found }
  }

  async #explainMisplaced(position: number, expected: number, found: number): Promise<void> {
    const partner = position + found - expected
    if (found < expected) {
      this.#shift--
      this.#say(
        'BLOCK_ADDED',
        expected,
        `A second copy of block ${found} was put in before block ${expected}`
      )
    } else if (await this.#opensAt(partner, expected)) {
      this.#swapped.set(partner, expected)
      this.#say('BLOCKS_SWAPPED', expected, `Blocks ${expected} and ${found} were swapped`)
    } else {
      this.#shift += found - expected
      for (let index = expected; index < found; index++) this.#missing(index)
    }
  }

  async #explainForeign(
    position: number,
    expected: number,
    block: Uint8Array
  ): Promise<WalkedBlock | null> {
    const { sizes, signedLength } = this.#options
    if (await this.#opensAt(position + 1, expected + 1, -sizes[position]!)) {
      this.#slip -= sizes[position]!
      this.#missing(expected)
      return null
    }
    const surplus = this.#surplus()
    if (surplus > 0 && (await this.#opensAt(position, expected, surplus))) {
      this.#slip += surplus
      this.#say('BLOCK_ADDED', expected, `${surplus} bytes were put in before block ${expected}`)
      const shifted = await this.#read(position)
      return shifted === null ? null : this.#identify(position, shifted)
    }
    if (await this.#opensAt(position + 1, expected)) {
      this.#shift--
      this.#say(
        'BLOCK_ADDED',
        expected,
        `A block that is not of this recording was put in before block ${expected}`
      )
    } else if (signedLength !== null && expected >= signedLength) {
      this.#say(
        'BLOCK_ADDED',
        expected,
        `A block that is not of this recording was put in at the end, as block ${expected}`
      )
    } else {
      this.#say('BLOCK_DAMAGED', expected, `Block ${expected} was changed or damaged`)
    }
    return { block, index: null, plain: null }
  }

  /** Bytes in blocks.bin that no block accounts for, as seen from here. */
  #surplus(): number {
    return this.#options.opened.size(this.#file) - this.#offsets.at(-1)! - this.#slip
  }

  async #opensAt(position: number, index: number, slip = 0): Promise<boolean> {
    const block = await this.#read(position, slip)
    return block !== null && this.#options.opener!.open(index, block) !== null
  }

  async #read(position: number, slip = 0): Promise<Uint8Array | null> {
    const size = this.#options.sizes[position]
    const offset = (this.#offsets[position] ?? 0) + this.#slip + slip
    if (size === undefined || offset < 0) return null
    return this.#options.opened.read(this.#file, offset, size)
  }

  #cutShort(position: number): void {
    this.intact = false
    const index = position + this.#shift
    const left = this.#options.sizes.length - position
    const last = left === 1 ? '' : ` to ${index + left - 1}`
    this.#say(
      'BLOCK_MISSING',
      index,
      `${this.#file} ends before block ${index}: missing ${index}${last}`
    )
  }

  #missing(index: number): void {
    this.#say('BLOCK_MISSING', index, `Block ${index} is missing`)
  }

  #say(code: ReasonCode, block: number, message: string): void {
    const { opened, part, secondsNow } = this.#options
    const seconds = secondsNow()
    const text = `${message} (${this.#file}, at ${clock(seconds)})`
    opened.reasons.fail(code, text, { file: this.#file, part, block, seconds })
  }
}
