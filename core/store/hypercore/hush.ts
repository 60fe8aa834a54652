// Keeps Hypercore from telling every member of every block that is pushed to them anyway: with a few
// members that is most of what a live film costs beside its media, in packets and in processor time.
// They are told in turns, some in each second. Touches an internal of Hypercore (replicator.setPushOnly).
// Must never: delay what this device itself waits for, or anything while blocks are fetched.

import type { InternalCore } from 'hypercore'
import { Withheld } from './withheld.ts'

/** A gap that only others know of is waited for longer than this (replica/following/follow-policy.ts). */
const TELL_EVERY_MS = 1000
/** With the next block where one comes by then: everybody is awake for that, here and there. */
const NEXT_BLOCK_MS = 300
/**
 * So many in turn: with fifty holders each would else tell forty-nine others each second. Whoever lacks
 * a block still hears each second from as many as this that have it.
 */
const TOLD_AT_ONCE = 8

/** While `core` is pushed, its members hear of its growth now and then, not with every block. */
export function hushWhilePushed(core: InternalCore): void {
  const { replicator } = core
  const setPushOnly = replicator.setPushOnly.bind(replicator)
  let timer: Timer | null = null
  let sinceMs = 0
  let isDue = false
  const tell = (most?: number): void => {
    clearTimeout(timer)
    timer = null
    isDue = false
    if (withheld.tell(most)) later()
  }
  const tellSome = (): void => tell(TOLD_AT_ONCE)
  const later = (): void => {
    if (timer === null) {
      sinceMs = Date.now()
      timer = setTimeout(tellSome, TELL_EVERY_MS + NEXT_BLOCK_MS).unref()
    } else if (!isDue && Math.abs(Date.now() - sinceMs) >= TELL_EVERY_MS) {
      isDue = true
      setImmediate(tellSome) // after the receipt for that block
    }
  }
  const withheld = new Withheld(core, {
    holdsBack: () => replicator.pushOnly && replicator.peers.length > 0,
    onNews: later
  })
  replicator.setPushOnly = (pushOnly) => {
    setPushOnly(pushOnly)
    if (!pushOnly && timer !== null) tell()
  }
}
