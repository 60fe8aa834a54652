// When a second member is asked for a block that another was asked for already. Hypercore does so at once
// where it has nothing else to ask for, of up to four members, and calls the others off as the first one
// answers; by then they have sent theirs. Whoever lacked little and had many links was sent everything
// several times, and the later all were, the more often: fifty devices did not come out of that.
// Touches two internals of Hypercore (replicator.hotswaps, replicator._updateHotswap).
// Must never: wait for good for who gives nothing.

import type { BlockRequests, CorePeer, HotswapQueue, InternalCore } from 'hypercore'
import { strainMs } from '../../runtime/beat.ts'
import { systemClock } from '../../runtime/clock.ts'

/** Nothing of this core came for so long from who was asked, some round trips apart. */
const SILENT_MS = 500
/** Of the link, and of what this device is late itself: so it is on the way out, and on the way in. */
const ROUND_TRIPS = 4

/** What was seen of one member: blocks that came from it, and when that was another number. */
interface Seen {
  blocks: number
  atMs: number
}

const asks = new WeakMap<InternalCore, SecondAsks>()

/** From now on nobody is asked for what somebody else is about to give. Call before anything replicates. */
export function limitSecondAsks(core: InternalCore, late: () => number = strainMs): void {
  asks.set(core, new SecondAsks(core, late))
}

/** To be called now and then while more is wanted: asks somebody else for what who was asked does not give. */
export function askAgain(core: InternalCore): void {
  asks.get(core)?.askAgain()
}

class SecondAsks {
  readonly #core: InternalCore
  readonly #lateMs: () => number
  readonly #clock = systemClock()
  readonly #gave = new WeakMap<CorePeer, Seen>()
  /** When a request was seen first, ms. */
  readonly #askedAtMs = new WeakMap<object, number>()

  constructor(core: InternalCore, lateMs: () => number) {
    this.#core = core
    this.#lateMs = lateMs
    const { hotswaps } = core.replicator
    const pick = hotswaps.pick.bind(hotswaps)
    const due = (peer: CorePeer): Iterable<BlockRequests> => this.#dueOf(pick(peer))
    hotswaps.pick = due
  }

  askAgain(): void {
    const { replicator } = this.#core
    const nowMs = this.#clock.monotonicMs()
    if (!this.#isAnyDue(replicator.hotswaps, nowMs)) return
    for (const peer of replicator.peers) replicator._updateHotswap(peer)
  }

  *#dueOf(blocks: Iterable<BlockRequests>): Iterable<BlockRequests> {
    const nowMs = this.#clock.monotonicMs()
    for (const block of blocks) if (this.#isDue(block, nowMs)) yield block
  }

  /** All are looked at: each is to be seen early. */
  #isAnyDue({ priorities }: HotswapQueue, nowMs: number): boolean {
    return priorities.flat().filter((block) => this.#isDue(block, nowMs)).length > 0
  }

  #isDue({ inflight }: BlockRequests, nowMs: number): boolean {
    const silent = inflight.filter((request) => {
      const { peer } = request
      const askedAtMs = this.#askedAtMs.get(request) ?? nowMs
      this.#askedAtMs.set(request, askedAtMs)
      const sinceMs = Math.max(askedAtMs, this.#gaveAtMs(peer, nowMs))
      return nowMs - sinceMs >= this.#patienceMs(peer)
    })
    return silent.length === inflight.length
  }

  #gaveAtMs(peer: CorePeer, nowMs: number): number {
    const blocks = peer.stats.wireData.rx
    const before = this.#gave.get(peer)
    if (before?.blocks === blocks) return before.atMs
    this.#gave.set(peer, { blocks, atMs: before === undefined ? -Infinity : nowMs })
    return before === undefined ? -Infinity : nowMs
  }

  #patienceMs({ stream }: CorePeer): number {
    return SILENT_MS + ROUND_TRIPS * ((stream.rawStream?.rtt ?? 0) + this.#lateMs())
  }
}
