// Tells those who have as much of a core as we do, or more, how far we have it. They hear nothing new, and
// until they have said that they know, Hypercore does not ask them for what comes next. It tells them by
// itself but for one case: where their news and ours cross (replicator.js, `_updateCanUpgradeAndSync`
// returns while a sync is being looked at), nobody tells anybody again, and all wait for good.
// Must never: tell of anything to who has less, or tell who has as much again and again: they do not answer.

import type { CorePeer, InternalCore } from 'hypercore'

/** The length of ours that who has as much was told last. */
const told = new WeakMap<CorePeer, number>()

/** Tells everybody how far we have it: who has more says so at once (replicator.js, `onsync`). */
export function askForNews({ replicator }: InternalCore): void {
  for (const peer of replicator.peers) peer.sendSync()
}

/** To be called now and then while more is wanted; sends nothing where all is well. */
export function stayInStep({ replicator, state }: InternalCore): void {
  for (const peer of replicator.peers) {
    const { remoteLength, lengthAcked } = peer
    if (remoteLength < state.length || lengthAcked === state.length) continue
    if (remoteLength === state.length && told.get(peer) === state.length) continue
    told.set(peer, state.length)
    peer.sendSync()
  }
}
