// All that screens are told, as it is now, and who wants to hear what changes. A value that is the same as
// before is no change. Behind a veil, while the device is locked, screens are told what may be known then.
// Must never: hand out a value that is written to afterwards, or tell screens what is behind the veil.

import type { Change, Keyed, Single, State } from '../contract.ts'
import { isShownLocked, veiled, veiledState } from './veil.ts'

export type SliceKey = Pick<Change, 'slice' | 'key'>
type Listener = (changed: SliceKey) => void

export class StateStore {
  readonly #state: State
  /** As text, so that what is the same is seen to be. */
  readonly #texts = new Map<string, string>()
  readonly #listeners = new Set<Listener>()
  #isVeiled = false

  constructor(state: State) {
    this.#state = state
  }

  /** As it is now, for the engine: to be read at once, not kept. */
  get current(): State {
    return this.#state
  }

  /** As screens are told it: to be sent at once. */
  get shown(): State {
    return this.#isVeiled ? veiledState(this.#state) : this.#state
  }

  /** Every screen hears at once what there is to be seen now. */
  veil(isVeiled: boolean): void {
    if (isVeiled === this.#isVeiled) return
    this.#isVeiled = isVeiled
    for (const changed of this.#all()) for (const fn of this.#listeners) fn(changed)
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
    return { slice, key, value: this.#isVeiled ? veiled(slice, found) : found } as Change
  }

  #isNew(id: string, value: unknown): boolean {
    const text = JSON.stringify(value)
    if (this.#texts.get(id) === text) return false
    this.#texts.set(id, text)
    return true
  }

  /** Behind the veil not even that something changes is told. */
  #tell(changed: SliceKey): void {
    if (this.#isVeiled && !isShownLocked(changed.slice)) return
    for (const fn of this.#listeners) fn(changed)
  }

  #all(): SliceKey[] {
    const entries = Object.entries(this.#state) as [keyof State, unknown][]
    return entries.flatMap(([slice, value]): SliceKey[] =>
      isKeyed(slice)
        ? Object.keys(value as object).map((key) => ({ slice, key }))
        : [{ slice, key: null } as SliceKey]
    )
  }
}

function isKeyed(slice: keyof State): slice is Keyed {
  return !SINGLE.includes(slice)
}

const SINGLE: readonly string[] = ['device', 'disk', 'join', 'wiped'] satisfies Single[]
