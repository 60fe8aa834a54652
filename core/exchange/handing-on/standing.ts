// How the linked members stand as somebody to follow, for each recording: what they announce, what they
// were asked and did not give, and what follows from it for the one we follow. Remembers and weighs; who
// is followed is decided in followings.ts.
// Must never: take a member's word against another without anybody showing that it is true.

import b4a from 'b4a'
import type { UpstreamFacts } from '../../replica/following/choose-upstream.ts'
import type { FollowFacts } from '../../replica/following/follow-policy.ts'
import type { Replica } from '../../replica/replica.ts'
import type { Peer } from '../members/peer.ts'
import type { FollowingsOptions } from './followings.ts'
import { Gaps } from './gaps.ts'
import { Lags } from './lags.ts'
import { Owed } from './owed.ts'
import { Routes } from './routes.ts'
import { Shunned } from './shunned.ts'

/** An upstream that starved us, or sent what did not verify, is not asked again for so long. */
export const LET_DOWN_MS = 2000
/** One that refused may have had its reasons: a line that was full, or that it had nothing yet. */
export const REFUSED_MS = 250

/** A linked member, as somebody to follow for one recording. */
export interface Candidate extends UpstreamFacts {
  peer: Peer
}

export class Standing {
  readonly routes = new Routes()
  readonly #options: FollowingsOptions
  readonly #gaps = new Gaps()
  readonly #lags = new Lags()
  readonly #owed = new Owed()
  readonly #shunned = new Shunned()

  constructor(options: FollowingsOptions) {
    this.#options = options
  }

  candidates(replica: Replica): Candidate[] {
    const { announced } = replica
    const nowMs = this.#options.now()
    return this.#options
      .peers()
      .filter(({ link }) => !link.closed)
      .map((peer) => ({
        peer,
        isAuthor: b4a.equals(peer.device, announced.author),
        place: this.routes.placeOf(peer.device, announced),
        length: replica.fetching.lengthAt(peer.link),
        shunned: this.#isLeftAlone(replica, peer, nowMs),
        full: peer.isFullFor(replica.fetching.heldAt(peer.link))
      }))
  }

  /** @param upstream whom we follow, or would */
  facts(replica: Replica, all: Candidate[], upstream: Peer | null): FollowFacts {
    const nowMs = this.#options.now()
    const author = all.find(({ isAuthor }) => isAuthor)
    const believed = all.filter(({ isAuthor, shunned }) => !isAuthor && !shunned)
    const lengths = {
      bestLength: Math.max(replica.core!.length, ...believed.map(({ length }) => length)),
      authorLength: Math.max(author && !author.shunned ? author.length : -1, replica.end ?? -1),
      upstreamLength: upstream === null ? -1 : this.lengthOf(replica, upstream),
      owedLength: this.owedLength(replica)
    }
    const ownLength = replica.arrived
    const most = Math.max(lengths.bestLength, lengths.authorLength, lengths.upstreamLength)
    const gapAtMs = this.#gaps.seenAtMs(replica, ownLength < most, nowMs)
    const others = believed.filter(({ peer }) => peer !== upstream)
    return {
      mode: replica.mode,
      ownLength,
      ended: replica.sealed || replica.over,
      ...lengths,
      ...this.#lagOf(replica, Math.max(0, ...others.map(({ length }) => length)), nowMs),
      quietMs: nowMs - Math.max(replica.activeAtMs, gapAtMs),
      rttMs: upstream?.link.rttMs ?? 0
    }
  }

  /** What it announces, or is seen to have. */
  lengthOf(replica: Replica, upstream: Peer): number {
    const announced = replica.fetching.lengthAt(upstream.link)
    return Math.max(announced, this.#gaps.lengthAt(replica, upstream))
  }

  /** Whoever did not give what somebody else has given since, or named what there is not, is left alone for a while. */
  judge(replica: Replica): void {
    const nowMs = this.#options.now()
    const guilty = this.#lags.guilty(replica, nowMs)
    const liar = this.#owed.settle(replica, nowMs)
    for (const peer of guilty) this.shun(replica, peer, LET_DOWN_MS)
    if (liar) this.shun(replica, liar, LET_DOWN_MS)
  }

  shun(replica: Replica, peer: Peer, firstMs: number): void {
    this.#shunned.add(replica, peer, { firstMs, nowMs: this.#options.now() })
  }

  /** It is left for somebody who is to show that it was wrong. */
  leaves(replica: Replica, peer: Peer): void {
    this.#lags.leaves(replica, peer, this.#options.now())
  }

  /** Nobody is suspected any more: who said so has not shown it. */
  clears(replica: Replica): void {
    this.#lags.clear(replica)
  }

  /** It pushed block `index`, and what comes before is not all here. */
  passedOver(replica: Replica, peer: Peer, index: number): void {
    this.#gaps.passedOver(replica, peer, index)
  }

  /** What was missing is asked for. */
  asked(replica: Replica): void {
    this.#gaps.asked(replica)
  }

  /** We follow it, and it does not push (any more); `first`: what comes before that we have to fetch. */
  refuses(replica: Replica, peer: Peer, first: number): void {
    if (first <= replica.arrived) return this.shun(replica, peer, REFUSED_MS)
    const owed = { peer, length: first, sinceMs: this.#options.now() }
    if (!this.#owed.add(replica, owed)) this.shun(replica, peer, LET_DOWN_MS)
  }

  /** Blocks that have to be fetched before anybody is followed; 0 where there are none. */
  owedLength(replica: Replica): number {
    return this.#owed.lengthOf(replica, this.#options.now())
  }

  /** The link to it is gone: a new one to the same device starts afresh. */
  forget(peer: Peer): void {
    this.#shunned.forget(peer)
  }

  /** By what the others announce, and what anybody has signed for under the author's own signature. */
  #lagOf(
    replica: Replica,
    announced: number,
    nowMs: number
  ): Pick<FollowFacts, 'lagMs' | 'lagPatienceMs'> {
    if (replica.mode === 'pull') return { lagMs: 0, lagPatienceMs: Infinity }
    const signedFor = replica.receipts.lengthBeside(this.#options.keys.device)
    const lagMs = this.#lags.lagMs(replica, Math.max(announced, signedFor), nowMs)
    return { lagMs, lagPatienceMs: this.#lags.patienceMs(replica) }
  }

  #isLeftAlone(replica: Replica, peer: Peer, nowMs: number): boolean {
    if (this.#shunned.has(replica, peer, nowMs)) return true
    return this.#lags.isSuspect(replica, peer, nowMs)
  }
}
