// Tells those who have as much of a core as we do, or more, how far we have it. They hear nothing new, and
// until they have said that they know, Hypercore does not ask them for what comes next. It tells them by
// itself but for one case: where their news and ours cross (replicator.js, `_updateCanUpgradeAndSync`
// returns while a sync is being looked at), nobody tells anybody again, and all wait for good.
// Must never: tell of anything to who has less.

import type { InternalCore } from 'hypercore'

/** To be called now and then while more is wanted; sends nothing where all is well. */
export function stayInStep({ replicator, state }: InternalCore): void {
  for (const peer of replicator.peers) {
    if (peer.remoteLength >= state.length && peer.lengthAcked !== state.length) peer.sendSync()
  }
}
