// Tells one client the whole state, then what changes: of what changed often only the newest, and nothing
// while what was sent before still waits to leave. A slow client costs one name for each thing that changed.
// Must never: queue values for whoever does not read.

import type { ServerMessage } from '../contract.ts'
import type { SliceKey, StateStore } from '../host/state-store.ts'
import type { WebSocketEnd } from '../../runtime/web/web-socket.ts'

/** Changes that come together leave together. */
const GATHER_MS = 40
/** Not on their way yet, above which nothing is added. */
const MAX_WAITING_BYTES = 256 * 1024

export class StateFeed {
  readonly #store: StateStore
  readonly #end: WebSocketEnd
  readonly #off: () => void
  readonly #changed = new Map<string, SliceKey>()
  #timer: Timer | null = null

  constructor(store: StateStore, end: WebSocketEnd) {
    this.#store = store
    this.#end = end
    const state = store.shown
    end.send(JSON.stringify({ type: 'state', version: 1, state } satisfies ServerMessage))
    this.#off = store.onChange((changed) => this.#note(changed))
    end.on('drain', () => this.#ask())
  }

  close(): void {
    this.#off()
    clearTimeout(this.#timer)
    this.#changed.clear()
  }

  /** Everything up to now, before an answer that speaks of it. */
  flush(): void {
    clearTimeout(this.#timer)
    this.#timer = null
    if (this.#changed.size === 0 || this.#end.waitingBytes > MAX_WAITING_BYTES) return
    const changes = [...this.#changed.values()].map((changed) => this.#store.changeOf(changed))
    this.#changed.clear()
    this.#end.send(JSON.stringify({ type: 'changes', changes } satisfies ServerMessage))
  }

  #note(changed: SliceKey): void {
    this.#changed.set(`${changed.slice} ${changed.key}`, changed)
    this.#ask()
  }

  #ask(): void {
    if (this.#changed.size === 0) return
    this.#timer ??= setTimeout(() => this.flush(), GATHER_MS)
  }
}
