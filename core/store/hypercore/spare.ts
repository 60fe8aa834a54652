// Whom Hypercore does not ask for blocks though it could: an author whose line is scarce, while others
// have what is missing. What they announce is heard all the same.
// Touches three internals of Hypercore (replicator._updatePeer, _updatePeerNonPrimary, _updateHotswap).
// Must never: keep anybody from asking us.

import type { InternalCore } from 'hypercore'
import type Protomux from 'protomux'

const spared = new WeakMap<InternalCore, Set<Protomux>>()

/** Makes `spare` work on `core`. Call before anything replicates. */
export function makeSparing(core: InternalCore): void {
  const { replicator } = core
  const muxes = new Set<Protomux>()
  spared.set(core, muxes)
  const updatePeer = replicator._updatePeer.bind(replicator)
  const updatePeerNonPrimary = replicator._updatePeerNonPrimary.bind(replicator)
  const updateHotswap = replicator._updateHotswap.bind(replicator)
  replicator._updatePeer = (peer) => !muxes.has(peer.protomux) && updatePeer(peer)
  replicator._updatePeerNonPrimary = (peer) =>
    !muxes.has(peer.protomux) && updatePeerNonPrimary(peer)
  replicator._updateHotswap = (peer) => {
    if (!muxes.has(peer.protomux)) updateHotswap(peer)
  }
}

/** From now on these, and no others, are not asked. */
export function spare(core: InternalCore, muxes: Protomux[]): void {
  const set = spared.get(core)
  if (set === undefined || (set.size === muxes.length && muxes.every((mux) => set.has(mux)))) return
  set.clear()
  for (const mux of muxes) set.add(mux)
  core.replicator.updateAll()
}
