// The following side: for each replica, which linked member pushes its blocks to us, if any. Applies
// `chooseUpstream` and `decideMode`; one upstream for each recording at most.
// Must never: ask an author for blocks that others have; its line is the scarce one.

import b4a from 'b4a'
import type { Refuse, Route } from '../../encoding/control.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { chooseInstead, chooseUpstream, isBetter } from '../../replica/following/choose-upstream.ts'
import { decideMode, isLate } from '../../replica/following/follow-policy.ts'
import type { Replica } from '../../replica/replica.ts'
import type { Peer } from '../members/peer.ts'
import { Silences } from './silences.ts'
import { LET_DOWN_MS, REFUSED_MS, Standing } from './standing.ts'
import type { Candidate } from './standing.ts'

/** A pushed recording of which a block has come so lately is well. */
const FLOWS_MS = 500

/**
 * Others had their turn for so long and gave nothing: Hypercore does not ask a member for blocks of a
 * longer tree than it has confirmed, and members hear of that now and then (store/hypercore/news/hush.ts).
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

export class Followings {
  readonly #options: FollowingsOptions
  /** Whom we follow. What is kept of a recording here goes with its replica. */
  readonly #current = new WeakMap<Replica, Peer>()
  /** Being fetched from anybody, for those who should have given it did not. */
  readonly #inVain = new WeakSet<Replica>()
  readonly #standing: Standing
  readonly #silences = new Silences()

  constructor(options: FollowingsOptions) {
    this.#options = options
    this.#standing = new Standing(options)
  }

  /** Follows, moves on, or falls back to fetching, as the facts of this moment demand. */
  update(replica: Replica): void {
    if (!this.#isOpen(replica) || replica.sealed) return
    if (!this.#options.takes(replica)) return this.#pause(replica)
    this.#standing.judge(replica)
    const all = this.#standing.candidates(replica)
    if (replica.mode === 'pull') this.#takeTurns(replica, all)
    if (replica.mode === 'push') this.#keepUpstream(replica, all)
    const current = this.#current.get(replica) ?? null
    const upstream = current ?? chooseUpstream(all)?.peer ?? null
    const facts = this.#standing.facts(replica, all, upstream)
    const mode = decideMode(facts)
    if (mode === 'push' && upstream) this.#follow(replica, upstream)
    else if (mode === 'pull') this.#giveUp(replica)
    else if (isLate(facts)) this.#tryAnother(replica, all)
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
    const upstream = chooseUpstream(this.#standing.candidates(replica))
    if (upstream) this.#follow(replica, upstream.peer)
    else this.#fetch(replica)
  }

  /** Pushed and not taken: where blocks before it are missing, they are lost, or not coming this way. */
  passedOver(replica: Replica, peer: Peer, index: number): void {
    if (this.#current.get(replica) !== peer || index <= replica.arrived) return
    this.#standing.passedOver(replica, peer, index)
    this.update(replica)
  }

  /** An author names whom to follow; who reaches none of those asks it again, for it may have let go of us. */
  route(by: Peer, route: Route, replica: Replica | null): void {
    this.#standing.routes.add(by.device, route)
    if (replica === null || !this.#isOpen(replica)) return
    if (!b4a.equals(replica.announced.author, by.device)) return
    if (replica.mode !== 'push' || !this.#current.has(replica)) return
    const all = this.#standing.candidates(replica)
    const best = chooseUpstream(all)
    if (!best || this.#isNamed(replica, all)) return
    if (this.#current.get(replica) === best.peer) this.#ask(replica, best.peer)
    else this.#moveTo(replica, best.peer)
  }

  /** Whom we follow for this recording. */
  upstreamOf(replica: Replica): Peer | null {
    return this.#current.get(replica) ?? null
  }

  /** The link to this peer is gone: somebody else takes its place at once. */
  lost(replica: Replica, peer: Peer): void {
    this.#standing.forget(peer)
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
    if (this.#current.get(replica) !== peer) {
      return this.#standing.shun(replica, peer, REFUSED_MS)
    }
    this.#standing.refuses(replica, peer, first)
    this.#current.delete(replica) // it does not push: nothing to call off
    this.#fetch(replica)
  }

  /** A pushed block did not verify. */
  failed(replica: Replica, peer: Peer): void {
    this.#standing.shun(replica, peer, LET_DOWN_MS)
    if (this.#current.get(replica) === peer) this.#fetch(replica)
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

  /**
   * What is missing did not come from whom we follow: somebody else may push it, or it is fetched. Who
   * announced it and did not push it is shunned for that.
   */
  #giveUp(replica: Replica): void {
    const current = this.#current.get(replica)
    if (current === undefined || replica.over) return this.#fetch(replica)
    const isOwnWord = this.#standing.lengthOf(replica, current) > replica.arrived
    if (isOwnWord) this.#standing.clears(replica)
    const next = this.#insteadOf(replica, current, this.#standing.candidates(replica))
    if (next === null) return this.#fetch(replica)
    if (isOwnWord) this.#standing.shun(replica, current, LET_DOWN_MS)
    else this.#standing.leaves(replica, current)
    this.#moveTo(replica, next)
  }

  /** Others have had for long what comes here too slowly: one of them is to show it. */
  #tryAnother(replica: Replica, all: Candidate[]): void {
    const current = this.#current.get(replica)
    const next = current && this.#insteadOf(replica, current, all)
    if (!current || !next) return
    this.#standing.leaves(replica, current)
    this.#moveTo(replica, next)
  }

  #insteadOf(replica: Replica, current: Peer, all: Candidate[]): Peer | null {
    const others = all.filter(({ peer }) => peer !== current)
    return chooseInstead(others, replica.arrived)?.peer ?? null
  }

  #moveTo(replica: Replica, upstream: Peer): void {
    const current = this.#current.get(replica)
    if (current === upstream) return
    current?.channel?.unfollow(replica.key)
    this.#follow(replica, upstream)
  }

  #follow(replica: Replica, upstream: Peer): void {
    this.#current.set(replica, upstream)
    this.#standing.asked(replica)
    this.#inVain.delete(replica)
    replica.setMode('push')
    this.#ask(replica, upstream)
  }

  #ask(replica: Replica, { channel }: Peer): void {
    channel?.follow({ recording: replica.key, start: replica.arrived })
  }

  #fetch(replica: Replica): void {
    this.#current.get(replica)?.channel?.unfollow(replica.key)
    this.#current.delete(replica)
    this.#standing.asked(replica)
    this.#spare(replica, this.#standing.candidates(replica))
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
    const isOwed = this.#standing.owedLength(replica) > 0
    const follows = chooseUpstream(all)?.isAuthor === false && !isOwed
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

  /** We follow, or fetch, and nothing comes: whether there is anything only the others can say. */
  #isStarved(replica: Replica, nowMs: number): boolean {
    if (!this.#isOpen(replica) || replica.sealed) return false
    if (replica.mode === 'push' && !this.#current.has(replica)) return false
    return this.#silences.isDue(replica, replica.activeAtMs, nowMs)
  }

  /** True where there is something to follow it for. */
  #isOpen(replica: Replica): boolean {
    const { keys, isApart } = this.#options
    if (b4a.equals(replica.announced.author, keys.device)) return false
    return replica.core !== null && !isApart(replica)
  }
}
