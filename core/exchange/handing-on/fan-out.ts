// The author's side of a live film: which linked members it uploads to, and whom it sends the others to.
// Applies `chooseHops` and `planRoutes` a few times a second, and at once where a link comes or goes.
// Must never: stop pushing to a hop before whoever takes its place has asked for the blocks; refuse a
// member that follows us because it reaches nobody else.

import { hex } from '../../encoding/hex.ts'
import type { RecordingAnnounced } from '../../encoding/journal/journal-entry.ts'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import { FIRST_HOPS } from '../../limits.ts'
import { chooseHops, isStalled, planRoutes } from '../../replica/following/first-hops.ts'
import type { HopFacts } from '../../replica/following/first-hops.ts'
import type { Replica } from '../../replica/replica.ts'
import { Beat } from '../../runtime/beat.ts'
import type { DeviceKey, Role } from '../../types/keys.ts'
import { HopWatch } from './hop-watch.ts'
import type { Peer } from '../members/peer.ts'

/** Part of the second in which a stalled hop is replaced. */
const BEAT_MS = 250
/** Where all is well hops and routes are thought over only with every so many beats. */
const THOROUGH_BEATS = 4
/** Nobody who owes nothing older can be stalled before the next beat has come (`AckClock`). */
const WELL_MS = 400
/** A beat so late: this device was busy or asleep, and so were the receipts that wait for it now. */
const LATE_BEAT_MS = 450
const AWAKE_AFTER_MS = 300
/**
 * At least so long from one hop being replaced for its silence to the next, doubled each time: where
 * everything is slow, as on a phone that does too much, changes would only add to it.
 */
const CALM_MS = 1000
const LONGEST_CALM_MS = 30_000
/** A film that is over is looked after until everybody linked has it, or for so long. */
const LINGER_MS = 30_000

export interface FanOutOptions {
  /** Members linked and heard from. */
  peers: () => Peer[]
  roleOf: (device: DeviceKey) => Role
  now: () => number
}

interface LiveFilm {
  body: RecordingAnnounced
  /** What each member was last told. */
  routes: Map<Peer, string>
  overAtMs: number | null
}

export class FanOut {
  readonly #options: FanOutOptions
  readonly #films = new Map<Replica, LiveFilm>()
  readonly #watches = new Map<Peer, HopWatch>()
  /** No hops any more, but pushed to until others have taken their places. */
  readonly #retiring = new Set<Peer>()
  #hops: Peer[] = []
  #count = FIRST_HOPS
  #parents = new Map<string, string>()
  readonly #beat = new Beat(BEAT_MS, () => this.#look())
  #beatAtMs = 0
  #beats = 0
  /** How many followed us when hops and routes were thought over. */
  #followers = 0
  #calmUntilMs = 0
  #calmMs = CALM_MS

  constructor(options: FanOutOptions) {
    this.#options = options
  }

  close(): void {
    this.#beat.stop()
    this.#films.clear()
  }

  /** Whoever is linked hears of our film here and now; the first hops are pushed it unasked. */
  begin(replica: Replica, body: RecordingAnnounced, count: number): void {
    this.#count = count
    this.#beatAtMs = this.#options.now()
    this.#films.set(replica, { body, routes: new Map(), overAtMs: null })
    this.#beat.start()
    this.#direct()
    for (const { channel } of this.#hops) if (channel) replica.upstream.follow(channel, 0, 0)
  }

  /** A member whose link is gone. */
  lost(peer: Peer): void {
    this.#watches.delete(peer)
    this.#retiring.delete(peer)
    this.#hops = this.#hops.filter((hop) => hop !== peer)
    for (const { routes } of this.#films.values()) routes.delete(peer)
    this.update()
  }

  /** A hop whose place others were to take asks to be pushed to: it reaches none of them. */
  asked(peer: Peer, replica: Replica): void {
    if (this.#films.has(replica)) this.#retiring.delete(peer)
  }

  /** A member's receipt for one of our films, checked and new. */
  acknowledged(replica: Replica, { holder, length }: Receipt): void {
    if (!this.#films.has(replica)) return
    const id = hex(holder)
    const peer = this.#options.peers().find((one) => one.id === id)
    if (peer) this.#watchOf(peer).acknowledged(replica, length, this.#options.now())
  }

  /** After anything that may change who feeds whom. */
  update(): void {
    this.#dropEnded()
    if (this.#films.size === 0) return
    this.#direct()
    this.#retire()
  }

  #look(): void {
    const nowMs = this.#options.now()
    const awakeAtMs = nowMs - this.#beatAtMs > LATE_BEAT_MS ? nowMs + AWAKE_AFTER_MS : 0
    this.#calmUntilMs = Math.max(this.#calmUntilMs, awakeAtMs)
    this.#beatAtMs = nowMs
    const isThorough = ++this.#beats % THOROUGH_BEATS === 0
    if (isThorough || !this.#isWell(nowMs)) this.update()
  }

  /** Everybody has signed for all that is not quite new, and nobody has come to follow, or is to be let go. */
  #isWell(nowMs: number): boolean {
    const live = this.#live
    if (this.#retiring.size > 0 || followersOf(live) !== this.#followers) return false
    return this.#options.peers().every((peer) => this.#watchOf(peer).lagMs(live, nowMs) < WELL_MS)
  }

  get #live(): Replica[] {
    return [...this.#films.keys()]
  }

  /** Chooses the hops, and sends the others to them. */
  #direct(): void {
    const facts = this.#facts()
    this.#followers = followersOf(this.#live)
    this.#tell(this.#choose(facts) ? this.#facts() : facts)
  }

  /** @returns whether they are others than before */
  #choose(facts: HopFacts[]): boolean {
    const nowMs = this.#options.now()
    const peers = this.#options.peers()
    const chosen = chooseHops(nowMs < this.#calmUntilMs ? facts.map(asHealthy) : facts, this.#count)
    const hops = chosen.map((id) => peers.find((one) => one.id === id)!)
    const isSame =
      hops.length === this.#hops.length && hops.every((hop) => this.#hops.includes(hop))
    for (const hop of this.#hops) {
      if (hops.includes(hop)) continue
      const one = facts.find(({ id }) => id === hop.id)
      if (one && isStalled(one)) this.#watchOf(hop).fails(nowMs)
      if (one) this.#beCalm(nowMs)
      this.#retiring.add(hop)
    }
    for (const hop of hops) {
      this.#retiring.delete(hop)
      if (!this.#hops.includes(hop)) this.#watchOf(hop).begins(nowMs)
    }
    this.#hops = hops
    return !isSame
  }

  /** A hop has just been replaced though its link stands. */
  #beCalm(nowMs: number): void {
    const wasCalm = nowMs - this.#calmUntilMs > LONGEST_CALM_MS
    this.#calmMs = wasCalm ? CALM_MS : Math.min(LONGEST_CALM_MS, 2 * this.#calmMs)
    this.#calmUntilMs = nowMs + this.#calmMs
  }

  #facts(): HopFacts[] {
    const { peers, roleOf, now } = this.#options
    const [live, nowMs] = [this.#live, now()]
    return peers().map((peer) => ({
      id: peer.id,
      role: roleOf(peer.device),
      isHop: this.#hops.includes(peer),
      ...this.#watchOf(peer).facts(live, nowMs)
    }))
  }

  /** Sends every member what is news to it: that there is a film, and whom to follow. */
  #tell(all: HopFacts[]): void {
    const hops = this.#hops.map(({ id }) => id)
    const routes = planRoutes({ hops, all, strays: this.#strays(), before: this.#parents })
    this.#parents = new Map()
    for (const [id, [parent]] of routes) if (parent !== undefined) this.#parents.set(id, parent)
    for (const peer of this.#options.peers()) {
      for (const [replica, film] of this.#films) {
        this.#tellOne(peer, { replica, film, upstreams: routes.get(peer.id) ?? [] })
      }
    }
  }

  #tellOne(
    peer: Peer,
    { replica, film, upstreams }: { replica: Replica; film: LiveFilm; upstreams: string[] }
  ): void {
    const { body, routes } = film
    const before = routes.get(peer)
    const route = upstreams.join()
    if (before === route || peer.channel === null) return
    routes.set(peer, route)
    const peers = this.#options.peers()
    const devices = upstreams.map((id) => peers.find((one) => one.id === id)!.device)
    peer.channel.tellRoute({ recording: replica.key, upstreams: devices })
    if (before === undefined) peer.channel.tellFilm(body)
  }

  /** Who follows us though no hop: it reaches nobody else, or nobody that does well. */
  #strays(): string[] {
    const replica = this.#live.at(-1)
    if (replica === undefined) return []
    const peers = this.#options.peers()
    const isOther = (peer: Peer): boolean => !this.#hops.includes(peer) && !this.#retiring.has(peer)
    return replica.upstream.channels.flatMap((channel) => {
      const peer = peers.find((one) => one.channel === channel)
      return peer && isOther(peer) ? [peer.id] : []
    })
  }

  #retire(): void {
    const isFed = ({ channel }: Peer): boolean =>
      this.#live.every(({ upstream }) => upstream.has(channel))
    if (!this.#hops.every(isFed)) return
    for (const { channel } of this.#retiring) {
      for (const { upstream } of this.#live) if (channel) upstream.unfollow(channel)
    }
    this.#retiring.clear()
  }

  #dropEnded(): void {
    const nowMs = this.#options.now()
    for (const [replica, film] of this.#films) {
      const { end, receipts } = replica
      if (end === null) continue
      film.overAtMs ??= nowMs
      const owes = ({ device }: Peer): boolean => receipts.lengthOf(device) < end
      const isDone = !this.#options.peers().some(owes)
      if (isDone || nowMs - film.overAtMs > LINGER_MS) this.#films.delete(replica)
    }
    if (this.#films.size === 0) this.#beat.stop()
  }

  #watchOf(peer: Peer): HopWatch {
    const known = this.#watches.get(peer)
    if (known) return known
    const watch = new HopWatch(peer)
    this.#watches.set(peer, watch)
    return watch
  }
}

function followersOf(films: Replica[]): number {
  return films.reduce((sum, { upstream }) => sum + upstream.followers, 0)
}

/** A hop that is to be left where it is. */
function asHealthy(one: HopFacts): HopFacts {
  return one.isHop ? { ...one, stalledMs: 0, lagMs: 0, failed: false } : one
}
