// Short names for keys, for where a key must not stand: what the browser writes down says nothing to whoever
// reads it later. Good for as long as the page lives, which is as long as anybody needs them.

/** Keys of films, members and circles, however they are written; no word of ours is so long. */
const KEY = /^[0-9a-z]{40,}$/i
const NAME = /^~\d+$/

export class Nicknames {
  readonly #names = new Map<string, string>()
  readonly #keys = new Map<string, string>()

  /** The short name of a key; anything else as it is. */
  of(text: string): string {
    if (!KEY.test(text)) return text
    const name = this.#names.get(text) ?? `~${this.#names.size + 1}`
    this.#names.set(text, name)
    this.#keys.set(name, text)
    return name
  }

  /** What of() gave that name; null for a name that an earlier page gave; anything else as it is. */
  meant(name: string): string | null {
    return this.#keys.get(name) ?? (NAME.test(name) ? null : name)
  }
}
