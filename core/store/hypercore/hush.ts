// Keeps Hypercore from telling every member of every block that is pushed to them anyway: with a few
// members that is most of what a live film costs beside its media, in packets and in processor time.
// What is told late is told whole: the newest length and everything held, once in `TELL_EVERY_MS`.
// Touches two internals of Hypercore (replicator.onupgrade, replicator.onhave).
// Must never: delay what this device itself waits for, or anything while blocks are fetched.

import type { InternalCore } from 'hypercore'

/** A gap that only others know of is waited for longer than this (replica/following/follow-policy.ts). */
const TELL_EVERY_MS = 1000

/** While `core` is pushed, its members hear of its growth now and then, not with every block. */
export function hushWhilePushed({ replicator }: InternalCore): void {
  const onupgrade = replicator.onupgrade.bind(replicator)
  const onhave = replicator.onhave.bind(replicator)
  const setPushOnly = replicator.setPushOnly.bind(replicator)
  let timer: Timer | null = null
  let from = Infinity
  let to = 0

  const tell = (): void => {
    clearTimeout(timer)
    timer = null
    const [start, end] = [from, to]
    from = Infinity
    to = 0
    if (replicator.destroyed) return
    onupgrade()
    if (end > start) onhave(start, end - start, false)
  }
  const later = (): void => {
    timer ??= setTimeout(tell, TELL_EVERY_MS).unref()
  }

  replicator.onupgrade = () => {
    if (!replicator.pushOnly || replicator.peers.length === 0) return onupgrade()
    const peers = replicator.peers
    replicator.peers = [] // what waits here for the block hears of it at once
    onupgrade()
    replicator.peers = peers
    later()
  }
  replicator.onhave = (start, length, drop) => {
    if (drop || !replicator.pushOnly) return onhave(start, length, drop)
    from = Math.min(from, start)
    to = Math.max(to, start + length)
    later()
  }
  replicator.setPushOnly = (pushOnly) => {
    setPushOnly(pushOnly)
    if (!pushOnly && timer !== null) tell()
  }
}
