// Refuses blocks of a core that are larger than any block of it can be, before they are written. Hypercore
// takes whatever its key holder signs.
// Touches one internal of Hypercore (core.verify).
// Must never: refuse what this device appends itself.

import type { InternalCore } from 'hypercore'

/** @param onRefused called for each; whoever sent it is asked for nothing more of this core */
export function boundBlocks(core: InternalCore, maxBytes: number, onRefused: () => void): void {
  const verify = core.verify.bind(core)
  core.verify = async (proof, from) => {
    if ((proof.block?.value?.byteLength ?? 0) <= maxBytes) return verify(proof, from)
    onRefused()
    throw Object.assign(new Error('The block is too large'), { code: 'INVALID_OPERATION' })
  }
}
