// The following side: for each replica, which linked member pushes its blocks to us, if any. Applies
// `decideMode`; one upstream for each recording at most.

import b4a from 'b4a'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { decideMode } from '../replica/follow-policy.ts'
import type { Mode } from '../replica/follow-policy.ts'
import type { Peer } from './peer.ts'
import type { Replica } from '../replica/replica.ts'

/** An upstream that refused, or sent what did not verify, is not asked again for so long. */
const SHUN_MS = 2000

interface Following {
  upstream: Peer
}

export interface FollowingsOptions {
  keys: DeviceKeys
  isFull: () => boolean
  now: () => number
}

export class Followings {
  readonly #options: FollowingsOptions
  readonly #current = new Map<Replica, Following>()
  readonly #gaps = new Map<Replica, number>()
  readonly #shunned = new Map<Peer, Map<Replica, number>>()

  constructor(options: FollowingsOptions) {
    this.#options = options
  }

  /** Follows, or falls back to fetching, as the facts of this moment demand. */
  update(replica: Replica, peers: Peer[]): void {
    if (this.#isOurs(replica) || replica.core === null) return
    if (this.#options.isFull()) return this.#pause(replica)
    if (replica.mode === 'pull') replica.passTurn(peers.map(({ link }) => link))
    const upstream = this.#current.get(replica)?.upstream ?? this.#choose(replica, peers)
    const mode = decideMode(this.#factsOf(replica, upstream))
    if (mode === 'push' && upstream) this.#follow(replica, upstream)
    else if (mode === 'pull') this.#fetch(replica, upstream)
  }

  /** This peer pushes already, unasked. */
  adopt(replica: Replica, upstream: Peer): void {
    this.#current.set(replica, { upstream })
    replica.setMode('push')
  }

  /** The link to this peer is gone. */
  lost(replica: Replica, peer: Peer): void {
    this.#shunned.delete(peer)
    if (this.#current.get(replica)?.upstream === peer) this.#fetch(replica, null)
  }

  refused(replica: Replica | null, peer: Peer): void {
    if (replica === null) return
    this.#shun(replica, peer)
    if (this.#current.get(replica)?.upstream === peer) this.#fetch(replica, null)
  }

  /** A pushed block did not verify. */
  failed(replica: Replica, peer: Peer): void {
    this.#shun(replica, peer)
    if (this.#current.get(replica)?.upstream === peer) this.#fetch(replica, peer)
  }

  #factsOf(replica: Replica, upstream: Peer | null) {
    const { now } = this.#options
    return {
      mode: replica.mode as Mode,
      ownLength: replica.length,
      ended: replica.sealed || replica.over,
      bestLength: Math.max(replica.bestLength, replica.core!.length),
      upstreamLength: upstream === null ? -1 : Math.max(0, replica.lengthAt(upstream.link)),
      quietMs: now() - Math.max(replica.activeAtMs, this.#gapSince(replica)),
      rttMs: upstream?.link.rttMs ?? 0
    }
  }

  /**
   * When a gap was first seen. A line that was dead for a second brings the blocks and the news of them
   * together: nothing is missing then, though nothing has come for long.
   */
  #gapSince(replica: Replica): number {
    if (replica.length >= replica.bestLength) {
      this.#gaps.delete(replica)
      return 0
    }
    if (!this.#gaps.has(replica)) this.#gaps.set(replica, this.#options.now())
    return this.#gaps.get(replica)!
  }

  /** The author where it is linked; else whoever announces most. */
  #choose(replica: Replica, peers: Peer[]): Peer | null {
    const { author } = replica.announced
    const able = peers.filter((peer) => !peer.link.closed && !this.#isShunned(replica, peer))
    const own = able.find((peer) => b4a.equals(peer.device, author))
    if (own) return own
    const best = able.sort((a, b) => replica.lengthAt(b.link) - replica.lengthAt(a.link))[0]
    return best && replica.lengthAt(best.link) >= 0 ? best : null
  }

  #follow(replica: Replica, upstream: Peer): void {
    this.#current.set(replica, { upstream })
    replica.setMode('push')
    upstream.channel?.follow({ recording: replica.key, start: replica.length })
  }

  #fetch(replica: Replica, upstream: Peer | null): void {
    this.#current.delete(replica)
    upstream?.channel?.unfollow(replica.key)
    replica.setMode('pull')
  }

  /** A full disk: nothing is asked for, nothing is taken. */
  #pause(replica: Replica): void {
    const upstream = this.#current.get(replica)?.upstream
    if (upstream) upstream.channel?.unfollow(replica.key)
    this.#current.delete(replica)
    if (replica.mode === 'pull') replica.setMode('push')
  }

  #shun(replica: Replica, peer: Peer): void {
    const shunned = this.#shunned.get(peer) ?? new Map<Replica, number>()
    this.#shunned.set(peer, shunned.set(replica, this.#options.now() + SHUN_MS))
  }

  #isShunned(replica: Replica, peer: Peer): boolean {
    return (this.#shunned.get(peer)?.get(replica) ?? 0) > this.#options.now()
  }

  #isOurs(replica: Replica): boolean {
    return b4a.equals(replica.announced.author, this.#options.keys.device)
  }
}
