// Entries of a journal that came with a proof each, because its core cannot take them: who wrote it signed for
// more and gave that to nobody, and whoever has less cannot show where what it has stands in it. They are read
// as if the core had them, and shown again after a restart.
// Must never: be mixed with another history of the same journal.

import b4a from 'b4a'
import type Hypercore from 'hypercore'

export class ShownBlocks {
  /** The place after the last that was shown; 0 where none was. */
  end = 0
  /** In the order of their places. */
  readonly #blocks = new Map<number, Uint8Array>()
  #isRefuted = false

  add(index: number, block: Uint8Array): void {
    this.#blocks.set(index, block)
    this.end = index + 1
  }

  get(index: number): Uint8Array | null {
    return this.#blocks.get(index) ?? null
  }

  /** Whoever wrote it wrote two histories: the core has the other, and what was read stays. */
  get isRefuted(): boolean {
    return this.#isRefuted
  }

  /** What the core has taken since need not be kept. @returns false where it is something else */
  async compare(core: Hypercore): Promise<boolean> {
    for (const [index, block] of this.#blocks) {
      if (this.#isRefuted || index >= core.contiguousLength) break
      const held = await core.get(index, { wait: false })
      this.#isRefuted = held === null || !b4a.equals(held, block)
      if (!this.#isRefuted) this.#blocks.delete(index)
    }
    return !this.#isRefuted
  }
}
