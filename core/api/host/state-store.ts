// All that screens are told, as it is now, and who wants to hear what changes. A value that is the same as
// before is no change.
// Must never: hand out a value that is written to afterwards.

import type { Change, Keyed, Single, State } from '../contract.ts'

export type SliceKey = Pick<Change, 'slice' | 'key'>
type Listener = (changed: SliceKey) => void

export class StateStore {
  readonly #state: State
  /** As text, so that what is the same is seen to be. */
  readonly #texts = new Map<string, string>()
  readonly #listeners = new Set<Listener>()

  constructor(state: State) {
    this.#state = state
  }

  /** As it is now: to be sent or read at once, not kept. */
  get current(): State {
    return this.#state
  }

  onChange(fn: Listener): () => void {
    this.#listeners.add(fn)
    return () => void this.#listeners.delete(fn)
  }

  set<S extends Single>(slice: S, value: State[S]): void {
    if (!this.#isNew(slice, value)) return
    this.#state[slice] = value
    this.#tell({ slice, key: null })
  }

  /** @param value null: it is gone */
  put<S extends Keyed>(slice: S, key: string, value: State[S][string] | null): void {
    const values = this.#state[slice] as Record<string, unknown>
    if (value === null && !(key in values)) return
    if (!this.#isNew(`${slice} ${key}`, value)) return
    if (value !== null) values[key] = value
    else {
      delete values[key]
      this.#texts.delete(`${slice} ${key}`)
    }
    this.#tell({ slice, key })
  }

  /** What it is now, for who has not heard yet. */
  changeOf({ slice, key }: SliceKey): Change {
    const value: unknown = this.#state[slice]
    const found = key === null ? value : ((value as Record<string, unknown>)[key] ?? null)
    return { slice, key, value: found } as Change
  }

  #isNew(id: string, value: unknown): boolean {
    const text = JSON.stringify(value)
    if (this.#texts.get(id) === text) return false
    this.#texts.set(id, text)
    return true
  }

  #tell(changed: SliceKey): void {
    for (const fn of this.#listeners) fn(changed)
  }
}
