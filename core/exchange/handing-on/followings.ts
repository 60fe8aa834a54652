// The following side: for each replica, which linked member pushes its blocks to us, if any. Applies
// `chooseUpstream` and `decideMode`; one upstream for each recording at most.
// Must never: ask an author for blocks that others have; its line is the scarce one.

import b4a from 'b4a'
import type { Refuse, Route } from '../../encoding/control.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { chooseInstead, chooseUpstream, isBetter } from '../../replica/following/choose-upstream.ts'
import type { UpstreamFacts } from '../../replica/following/choose-upstream.ts'
import { decideMode } from '../../replica/following/follow-policy.ts'
import type { FollowFacts } from '../../replica/following/follow-policy.ts'
import type { Replica } from '../../replica/replica.ts'
import type { Peer } from '../members/peer.ts'
import { Gaps } from './gaps.ts'
import { Routes } from './routes.ts'
import { Shunned } from './shunned.ts'
import { Silences } from './silences.ts'

/** An upstream that starved us, or sent what did not verify, is not asked again for so long. */
const LET_DOWN_MS = 2000
/** One that refused may have had its reasons: a line that was full, or that it had nothing yet. */
const REFUSED_MS = 250

/** A pushed recording of which a block has come so lately is well. */
const FLOWS_MS = 500

/**
 * Others had their turn for so long and gave nothing: Hypercore does not ask a member for blocks of a
 * longer tree than it has confirmed, and members hear of that now and then (store/hypercore/hush.ts).
 */
const SPARED_MS = 2000
/** Where nobody but the author is known to have more, the others get so long to say that they do. */
const HEARING_MS = 1000

export interface FollowingsOptions {
  keys: DeviceKeys
  /** Members linked and heard from. */
  peers: () => Peer[]
  /** False for what this device takes no more of. */
  takes: (replica: Replica) => boolean
  /** True for what is kept here and passed on to nobody. */
  isApart: (replica: Replica) => boolean
  now: () => number
}

/** A linked member, as somebody to follow for one recording. */
interface Candidate extends UpstreamFacts {
  peer: Peer
}

export class Followings {
  readonly #options: FollowingsOptions
  /** Whom we follow. What is kept of a recording here goes with its replica. */
  readonly #current = new WeakMap<Replica, Peer>()
  readonly #gaps = new Gaps()
  /** Being fetched from anybody, for those who should have given it did not. */
  readonly #inVain = new WeakSet<Replica>()
  /** Told by an upstream to fetch what comes before a block of its own, and then to follow it. */
  readonly #owed = new WeakMap<Replica, { peer: Peer; length: number }>()
  readonly #shunned = new Shunned()
  readonly #silences = new Silences()
  readonly #routes = new Routes()

  constructor(options: FollowingsOptions) {
    this.#options = options
  }

  /** Follows, moves on, or falls back to fetching, as the facts of this moment demand. */
  update(replica: Replica): void {
    if (!this.#isOpen(replica) || replica.sealed) return
    if (!this.#options.takes(replica)) return this.#pause(replica)
    const all = this.#candidates(replica)
    if (replica.mode === 'pull') this.#takeTurns(replica, all)
    if (replica.mode === 'push') this.#keepUpstream(replica, all)
    const current = this.#current.get(replica) ?? null
    const upstream = current ?? chooseUpstream(all)?.peer ?? null
    const mode = decideMode(this.#factsOf(replica, all, upstream))
    if (mode === 'push' && upstream) this.#follow(replica, upstream)
    else if (mode === 'pull') this.#giveUp(replica, all)
  }

  /** Now and then: where blocks come as they should, it is thorough only once in a while. */
  look(replica: Replica, isThorough: boolean): void {
    const nowMs = this.#options.now()
    const flows = replica.mode === 'push' && nowMs - replica.activeAtMs < FLOWS_MS
    if (isThorough || !flows) this.update(replica)
    if (!flows && this.#isStarved(replica, nowMs)) replica.fetching.ask()
  }

  /** This recording was told over a link and will be pushed, by whomever its author names. */
  told(replica: Replica): void {
    const upstream = chooseUpstream(this.#candidates(replica))
    if (upstream) this.#follow(replica, upstream.peer)
    else this.#fetch(replica)
  }

  /** Pushed and not taken: where blocks before it are missing, they are lost, or not coming this way. */
  passedOver(replica: Replica, peer: Peer, index: number): void {
    if (this.#current.get(replica) !== peer || index <= replica.arrived) return
    this.#gaps.passedOver(replica, peer, index)
    this.update(replica)
  }

  /** An author names whom to follow. */
  route(by: Peer, route: Route, replica: Replica | null): void {
    this.#routes.add(by.device, route)
    if (replica === null || !this.#isOpen(replica)) return
    if (!b4a.equals(replica.announced.author, by.device)) return
    if (replica.mode !== 'push' || !this.#current.has(replica)) return
    const all = this.#candidates(replica)
    const best = chooseUpstream(all)
    if (best && !this.#isNamed(replica, all)) this.#moveTo(replica, best.peer)
  }

  /** Whom we follow for this recording. */
  upstreamOf(replica: Replica): Peer | null {
    return this.#current.get(replica) ?? null
  }

  /** The link to this peer is gone: somebody else takes its place at once. */
  lost(replica: Replica, peer: Peer): void {
    this.#shunned.forget(peer)
    if (this.#current.get(replica) !== peer) return
    this.#current.delete(replica)
    this.update(replica)
  }

  /** Nothing more of it is wanted. */
  drop(replica: Replica): void {
    if (this.#current.has(replica)) this.#fetch(replica)
  }

  /** It does not push (any more): for what it pushed too long ago, or for reasons of its own. */
  refused(peer: Peer, { first }: Refuse, replica: Replica | null): void {
    if (replica === null) return
    const isCurrent = this.#current.get(replica) === peer
    if (isCurrent && first > replica.arrived) this.#owed.set(replica, { peer, length: first })
    else this.#shun(replica, peer, REFUSED_MS)
    if (!isCurrent) return
    this.#current.delete(replica) // it does not push: nothing to call off
    this.#fetch(replica)
  }

  /** A pushed block did not verify. */
  failed(replica: Replica, peer: Peer): void {
    this.#shun(replica, peer, LET_DOWN_MS)
    if (this.#current.get(replica) === peer) this.#fetch(replica)
  }

  #candidates(replica: Replica): Candidate[] {
    const { announced } = replica
    const nowMs = this.#options.now()
    return this.#options
      .peers()
      .filter(({ link }) => !link.closed)
      .map((peer) => ({
        peer,
        isAuthor: b4a.equals(peer.device, announced.author),
        place: this.#routes.placeOf(peer.device, announced),
        length: replica.fetching.lengthAt(peer.link),
        shunned: this.#shunned.has(replica, peer, nowMs),
        full: peer.isFullFor(replica.fetching.heldAt(peer.link))
      }))
  }

  #factsOf(replica: Replica, all: Candidate[], upstream: Peer | null): FollowFacts {
    const { now } = this.#options
    const author = all.find(({ isAuthor }) => isAuthor)
    const believed = all.filter(({ isAuthor, shunned }) => !isAuthor && !shunned)
    const facts = {
      mode: replica.mode,
      ownLength: replica.arrived,
      ended: replica.sealed || replica.over,
      bestLength: Math.max(replica.core!.length, ...believed.map(({ length }) => length)),
      authorLength: author && !author.shunned ? author.length : -1,
      upstreamLength: upstream === null ? -1 : this.#lengthOf(replica, upstream),
      owedLength: this.#owing(replica)?.length ?? 0,
      rttMs: upstream?.link.rttMs ?? 0
    }
    const mostLength = Math.max(facts.bestLength, facts.authorLength, facts.upstreamLength)
    const gapAtMs = this.#gaps.seenAtMs(replica, facts.ownLength < mostLength, now())
    return { ...facts, quietMs: now() - Math.max(replica.activeAtMs, gapAtMs) }
  }

  /** What it announces, or is seen to have. */
  #lengthOf(replica: Replica, upstream: Peer): number {
    const announced = replica.fetching.lengthAt(upstream.link)
    return Math.max(announced, this.#gaps.lengthAt(replica, upstream))
  }

  /** Who told us to fetch what it has, as long as that is missing and comes. */
  #owing(replica: Replica): { peer: Peer; length: number } | null {
    const owed = this.#owed.get(replica)
    if (owed === undefined) return null
    const comes = this.#options.now() - replica.activeAtMs < SPARED_MS
    if (replica.arrived < owed.length && comes && !owed.peer.link.closed) return owed
    this.#owed.delete(replica)
    return null
  }

  /** Somebody else takes the place of an upstream that is gone; the author is relieved where it can be. */
  #keepUpstream(replica: Replica, all: Candidate[]): void {
    const current = all.find(({ peer }) => peer === this.#current.get(replica))
    const best = chooseUpstream(all)
    if (best && (current === undefined || isBetter(best, current))) this.#moveTo(replica, best.peer)
  }

  #isNamed(replica: Replica, all: Candidate[]): boolean {
    const current = this.#current.get(replica)
    const facts = all.find(({ peer }) => peer === current)
    return facts !== undefined && !facts.shunned && facts.place >= 0
  }

  /** What is missing did not come from whom we follow: somebody else may push it, or it is fetched. */
  #giveUp(replica: Replica, all: Candidate[]): void {
    const current = this.#current.get(replica)
    const others = all.filter(({ peer }) => peer !== current)
    const next = chooseInstead(others, replica.arrived)
    if (current === undefined || next === null) return this.#fetch(replica)
    this.#shun(replica, current, LET_DOWN_MS)
    this.#moveTo(replica, next.peer)
  }

  #moveTo(replica: Replica, upstream: Peer): void {
    const current = this.#current.get(replica)
    if (current === upstream) return
    current?.channel?.unfollow(replica.key)
    this.#follow(replica, upstream)
  }

  #follow(replica: Replica, upstream: Peer): void {
    this.#current.set(replica, upstream)
    this.#gaps.asked(replica)
    this.#inVain.delete(replica)
    replica.setMode('push')
    upstream.channel?.follow({ recording: replica.key, start: replica.arrived })
  }

  #fetch(replica: Replica): void {
    this.#current.get(replica)?.channel?.unfollow(replica.key)
    this.#current.delete(replica)
    this.#gaps.asked(replica)
    this.#spare(replica, this.#candidates(replica))
    replica.setMode('pull')
  }

  #takeTurns(replica: Replica, all: Candidate[]): void {
    replica.passTurn(all.map(({ peer }) => peer.link))
    this.#spare(replica, all)
  }

  /**
   * An author is asked only where there is nobody else to ask or to follow, or nothing comes from them;
   * whoever let us down, neither.
   */
  #spare(replica: Replica, all: Candidate[]): void {
    const others = all.filter(({ isAuthor, shunned }) => !isAuthor && !shunned)
    const hasMore = others.some(({ peer }) => replica.fetching.heldAt(peer.link) > replica.arrived)
    const mayHaveMore = others.some(({ length }) => length < 0)
    const follows = chooseUpstream(all)?.isAuthor === false && this.#owing(replica) === null
    const patienceMs = hasMore || follows ? SPARED_MS : HEARING_MS
    if (this.#options.now() - replica.activeAtMs > patienceMs) this.#inVain.add(replica)
    const spares = !this.#inVain.has(replica) && (hasMore || mayHaveMore || follows)
    const spared = spares ? all.filter((one) => !others.includes(one)) : []
    replica.fetching.spare(spared.map(({ peer }) => peer.link))
  }

  /** No room for it: nothing is asked for, nothing is taken. */
  #pause(replica: Replica): void {
    this.#current.get(replica)?.channel?.unfollow(replica.key)
    this.#current.delete(replica)
    if (replica.mode === 'pull') replica.setMode('push')
  }

  #shun(replica: Replica, peer: Peer, firstMs: number): void {
    this.#shunned.add(replica, peer, { firstMs, nowMs: this.#options.now() })
  }

  /** We follow, and nothing comes: whether there is anything only the others can say. */
  #isStarved(replica: Replica, nowMs: number): boolean {
    if (replica.mode !== 'push' || !this.#current.has(replica)) return false
    if (replica.sealed || replica.over) return false
    return this.#silences.isDue(replica, replica.activeAtMs, nowMs)
  }

  /** True where there is something to follow it for. */
  #isOpen(replica: Replica): boolean {
    const { keys, isApart } = this.#options
    if (b4a.equals(replica.announced.author, keys.device)) return false
    return replica.core !== null && !isApart(replica)
  }
}
