// Hypercore keeps hints beside a core (how far it is held without a hole) and writes them while it
// answers a remote. On a full disk that write fails, and with it the whole link, again and again, so
// that a full holder could neither serve what it has nor say that it is full. A hint is no more than
// that: it is worked out anew when the core is opened.
// Must never: hide a failed write of blocks or of the tree.

import type Corestore from 'corestore'

/** Lets every core of the store go on where only a hint could not be written. */
export function tolerateLostHints(store: Corestore): void {
  store.watch((core) => {
    const flushHints = core.flushHints.bind(core)
    core.flushHints = () => flushHints().catch(() => {})
  })
}
