// Reads a core's blocks in order, many with one question to the database: a journal of tens of thousands
// of small entries is otherwise read one by one, and each waits its turn in three places.
// Touches one internal of Hypercore (state.storage).
// Must never: hand out a block that `core` does not hold without a hole before it.

import type Hypercore from 'hypercore'

/** Journal entries are half a kilobyte as a rule: so much is in memory at once. */
const MOST = 256

export class ReadAhead {
  readonly #core: Hypercore
  #blocks: (Uint8Array | null)[] = []
  #first = 0
  /** The run after this one: on its way while this one is used. */
  #next: { first: number; blocks: Promise<(Uint8Array | null)[]> } | null = null

  constructor(core: Hypercore) {
    this.#core = core
  }

  /** The block at `index`, or null where it is not here. */
  async get(index: number): Promise<Uint8Array | null> {
    const known = this.#take(index)
    if (known !== null) return known
    if (this.#core.contiguousLength - index < 2) return this.#core.get(index, { wait: false })
    const run = this.#next?.first === index ? this.#next : this.#ask(index)
    this.#blocks = await run.blocks
    this.#first = index
    const after = index + this.#blocks.length
    this.#next = this.#core.contiguousLength - after < 2 ? null : this.#ask(after)
    return this.#take(index) ?? this.#core.get(index, { wait: false })
  }

  #ask(first: number): { first: number; blocks: Promise<(Uint8Array | null)[]> } {
    const end = Math.min(this.#core.contiguousLength, first + MOST)
    const blocks = blocksOf(this.#core, first, end)
    blocks.catch(() => {}) // told to who waits for it; nobody may
    return { first, blocks }
  }

  #take(index: number): Uint8Array | null {
    const at = index - this.#first
    const block = this.#blocks[at] ?? null
    if (block !== null) this.#blocks[at] = null // read once; what was read need not stay
    return block
  }
}

function blocksOf(core: Hypercore, start: number, end: number): Promise<(Uint8Array | null)[]> {
  const batch = core.core.state.storage.read()
  const blocks: Promise<Uint8Array | null>[] = []
  for (let index = start; index < end; index++) blocks.push(batch.getBlock(index))
  batch.tryFlush()
  return Promise.all(blocks)
}
