// Hypercore keeps hints beside a core (how far it is held without a hole, here and elsewhere) and writes
// them again with every block it is sent or asked for: a write each, for what it works out anew when the
// core is opened. On a full disk that write fails and takes the link with it, again and again, so that
// a full holder could neither serve what it has nor say that it is full. Here no hint is written.
// Must never: hide a failed write of blocks or of the tree.

import type { InternalCore } from 'hypercore'

export function writeNoHints(core: InternalCore): void {
  core.flushHints = async () => {
    core.hintsChanged = false
  }
}
