// Keeps Hypercore from telling every member of every block that is pushed to them anyway: with a few
// members that is most of what a live film costs beside its media, in packets and in processor time.
// They are told in turns, some in each second. Touches an internal of Hypercore (replicator.setPushOnly).
// Must never: delay what this device itself waits for, or anything while blocks are fetched.

import type { InternalCore } from 'hypercore'
import type Protomux from 'protomux'
import { Withheld } from './withheld.ts'

/**
 * Where blocks keep coming, who is pushed them sees by the next that it lacks one, and who is pushed none
 * any more asks (exchange/handing-on/silences.ts). Told is who has nothing to see it by, and who has all.
 */
const TELL_EVERY_MS = 3000
/** Nothing came after it: nobody sees by a next one that it lacks this. */
const LAST_AFTER_MS = 1200
/**
 * So many in turn: with fifty holders each would else tell forty-nine others each second. Whoever lacks
 * a block still hears soon from as many as this that have it.
 */
const TOLD_AT_ONCE = 8

const hushed = new WeakMap<InternalCore, Withheld>()

/** While `core` is pushed, its members hear of its growth now and then, not with every block. */
export function hushWhilePushed(core: InternalCore): void {
  const { replicator } = core
  const setPushOnly = replicator.setPushOnly.bind(replicator)
  let timer: Timer | null = null
  let sinceMs = 0
  let lastMs = 0
  let isDue = false
  const tell = (most?: number): void => {
    clearTimeout(timer)
    timer = null
    isDue = false
    if (withheld.tell(most)) later()
  }
  const tellSome = (): void => tell(TOLD_AT_ONCE)
  const wait = (ms: number): void => {
    timer = setTimeout(look, ms).unref()
  }
  const look = (): void => {
    const quietMs = Math.abs(Date.now() - lastMs)
    if (quietMs < LAST_AFTER_MS) wait(LAST_AFTER_MS - quietMs)
    else tellSome()
  }
  const later = (): void => {
    lastMs = Date.now()
    if (timer === null) {
      sinceMs = lastMs
      wait(LAST_AFTER_MS)
    } else if (!isDue && Math.abs(lastMs - sinceMs) >= TELL_EVERY_MS) {
      isDue = true
      setImmediate(tellSome) // after the receipt for that block: everybody is awake for it, here and there
    }
  }
  const withheld = new Withheld(core, {
    holdsBack: () => replicator.pushOnly && replicator.peers.length > 0,
    onNews: later
  })
  hushed.set(core, withheld)
  replicator.setPushOnly = (pushOnly) => {
    setPushOnly(pushOnly)
    if (!pushOnly && timer !== null) tell()
  }
}

/** Whoever is at the other end of this link hears at once what it has not been told. */
export function tellAtOnce(core: InternalCore, mux: Protomux): void {
  const peer = core.replicator.peers.find(({ protomux }) => protomux === mux)
  if (peer) hushed.get(core)?.tellTo(peer)
}
