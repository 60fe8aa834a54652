// Ends what is being handed out of a device when it is locked, wiped or closed: whoever hands something out
// takes a mark first, and is called when it counts no more.

export class Shutter {
  readonly #listeners = new Set<() => void>()
  #shuts = 0

  /** Good until it is shut the next time. */
  get mark(): number {
    return this.#shuts
  }

  shut(): void {
    this.#shuts++
    const listeners = [...this.#listeners]
    this.#listeners.clear()
    for (const fn of listeners) fn()
  }

  /**
   * Calls once it is shut; at once where it was since the mark.
   * @returns for whoever needs no call any more
   */
  onShut(mark: number, fn: () => void): () => void {
    if (mark !== this.#shuts) fn()
    else this.#listeners.add(fn)
    return () => void this.#listeners.delete(fn)
  }
}
