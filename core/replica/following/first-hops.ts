// Whom an author uploads its film to, and whom it sends everybody else to. Pure: plain facts in, names
// out; time is in the facts.
//
// A phone's uplink is the scarce thing: at 6 Mbit/s it never keeps up with ten holders, and easily with
// two that pass on. So the author feeds a few first hops and everybody else follows one of those, or
// somebody who does. A hop that does well is kept: every change costs somebody a gap.

import type { Role } from '../../types/keys.ts'

/** A far relay or keeper this slow is no better than the next best. */
const SLOW_MS = 1000
/** A hop so far behind is doing badly, where somebody it is not even pushed to is well ahead of it. */
const LATE_MS = 2000
/** Nobody is sent to a member so far behind: it has not caught up, or is cut off. */
const TOO_LATE_MS = 4000
/** What a link over a third device costs beside one that is direct, ms. */
const RELAYED_MS = 200
/** An acknowledgement that was never measured: two round trips and a busy disk, ms. */
const UNKNOWN_ACK_MS = 30

/** Followers that a phone passes on to, and one that stands on a line of its own. */
const FOLLOWERS: Record<Role, number> = { organiser: 4, contact: 4, keeper: 16, relay: 16 }
/** Names in one route. */
const ALTERNATIVES = 4

/** One linked member as the author sees it. */
export interface HopFacts {
  id: string
  role: Role
  /** It is a first hop now, or has been asked to be one. */
  isHop: boolean
  /** Blocks are being pushed to it. */
  isPushed: boolean
  /** Its disk takes no more. */
  full: boolean
  /** On the author's own local network. */
  near: boolean
  relayed: boolean
  rttMs: number
  /** From push to receipt, smoothed; null where nothing was pushed to it yet. */
  ackMs: number | null
  /** How long it has given no receipt though it owes one; 0 where it owes none. */
  stalledMs: number
  /** How long it may, on this link. */
  patienceMs: number
  /** Age of the oldest block it has not signed for, however it gets them; 0 where it has all. */
  lagMs: number
  /** It stalled a short while ago. */
  failed: boolean
}

/** True where what was pushed to this hop should long have been signed for. */
export function isStalled({ isHop, stalledMs, patienceMs }: HopFacts): boolean {
  return isHop && stalledMs > patienceMs
}

/**
 * The first hops from now on, at most `count`, best first: one relay or keeper on another network, which
 * outlasts what happens where the film is made; those that do well already; then the fastest. Who stalls
 * is kept only where there is nobody else; of several who do, one goes at a time, for it may be our doing.
 */
export function chooseHops(all: HopFacts[], count: number): string[] {
  const able = all.filter(({ full }) => !full)
  const worst = able.filter(isStalled).sort((a, b) => b.stalledMs - a.stalledMs)[0]
  const good = able.filter((one) => !one.failed && one !== worst && !isLate(one, able))
  const far = good.filter(isFar).sort(byKeptThenSpeed)[0]
  const rest = good.filter((one) => one !== far).sort(byKeptThenSpeed)
  const poor = able.filter((one) => !good.includes(one)).sort(byPushedThenSpeed)
  return [...(far ? [far] : []), ...rest, ...poor].slice(0, count).map(({ id }) => id)
}

function isFar(one: HopFacts): boolean {
  return (one.role === 'relay' || one.role === 'keeper') && !one.near && expectedMs(one) < SLOW_MS
}

/** Others have from other hops what this one still waits for: it is this line, not ours. */
function isLate({ isHop, lagMs }: HopFacts, all: HopFacts[]): boolean {
  if (!isHop) return lagMs > TOO_LATE_MS
  return lagMs > LATE_MS && all.some((other) => !other.isHop && other.lagMs < lagMs / 2)
}

/** From our sending a block to its being on that disk, ms. */
function expectedMs({ rttMs, ackMs, relayed }: HopFacts): number {
  return (ackMs ?? 2 * rttMs + UNKNOWN_ACK_MS) + (relayed ? RELAYED_MS : 0)
}

/** Among those that are kept nobody overtakes anybody: that would be a change for nothing. */
function byKeptThenSpeed(a: HopFacts, b: HopFacts): number {
  if (a.isHop && b.isHop) return 0
  return Number(b.isHop) - Number(a.isHop) || bySpeed(a, b)
}

/** Our own line may be the dead one: whoever has been pushed to so far has the least to make up for. */
function byPushedThenSpeed(a: HopFacts, b: HopFacts): number {
  return Number(b.isPushed) - Number(a.isPushed) || bySpeed(a, b)
}

function bySpeed(a: HopFacts, b: HopFacts): number {
  return expectedMs(a) - expectedMs(b) || (a.id < b.id ? -1 : 1)
}

export interface RouteFacts {
  hops: string[]
  /** Everybody linked, hops included. */
  all: HopFacts[]
  /** Who follows the author though no hop, in the order they came: they may reach nobody else. */
  strays: string[]
  /** Whom each was sent to before: it stays there where it can. */
  before: Map<string, string>
}

/**
 * Whom each member should follow, best first; an empty list for those who follow the author. A tree: each
 * is sent to members nearer to the author only, so that nobody ever waits for who waits for it.
 */
export function planRoutes({ hops, all, strays, before }: RouteFacts): Map<string, string[]> {
  const tree = new Tree(hops, all, strays)
  const rest = all.filter(({ id }) => !hops.includes(id)).sort(byRoomThenName)
  for (const { id } of rest) tree.stay(id, before.get(id))
  for (const { id } of rest) tree.place(id)
  const routes = new Map(hops.map((id) => [id, [] as string[]]))
  for (const { id } of rest) routes.set(id, routeOf(id, { tree, hops, strays }))
  return routes
}

function routeOf(
  id: string,
  { tree, hops, strays }: { tree: Tree; hops: string[]; strays: string[] }
): string[] {
  const parent = tree.parentOf(id)
  const earlier = strays.includes(id) ? strays.slice(0, strays.indexOf(id)) : []
  const names = [...(parent === null ? [] : [parent]), ...earlier.slice(0, 2), ...hops]
  return [...new Set(names)].slice(0, ALTERNATIVES)
}

/** Members with the most room first: they stand nearest to the author. */
function byRoomThenName(a: HopFacts, b: HopFacts): number {
  return FOLLOWERS[b.role] - FOLLOWERS[a.role] || (a.id < b.id ? -1 : 1)
}

class Tree {
  readonly #placed: string[]
  readonly #parents = new Map<string, string>()
  readonly #room = new Map<string, number>()
  readonly #waiting = new Map<string, string[]>()

  constructor(hops: string[], all: HopFacts[], strays: string[]) {
    this.#placed = [...hops]
    for (const one of all) {
      const passesOn = !strays.includes(one.id) && !one.failed && one.lagMs < TOO_LATE_MS
      this.#room.set(one.id, passesOn ? FOLLOWERS[one.role] : 0)
    }
  }

  parentOf(id: string): string | null {
    return this.#parents.get(id) ?? null
  }

  /** Keeps its place, now or as soon as whom it was sent to has one. */
  stay(id: string, parent: string | undefined): void {
    if (parent === undefined || !this.#hasRoom(parent)) return
    if (this.#placed.includes(parent)) this.#put(id, parent)
    else this.#waiting.set(parent, [...(this.#waiting.get(parent) ?? []), id])
  }

  /** Under whoever has room, the nearest to the author first, and of those who has fewest. */
  place(id: string): void {
    if (this.#parents.has(id)) return
    const free = this.#placed.filter((one) => this.#hasRoom(one))
    const depth = Math.min(...free.map((one) => this.#depthOf(one)))
    const nearest = free.filter((one) => this.#depthOf(one) === depth)
    const parent = nearest.sort((a, b) => this.#room.get(b)! - this.#room.get(a)!)[0]
    if (parent !== undefined) this.#put(id, parent)
  }

  #put(id: string, parent: string): void {
    this.#parents.set(id, parent)
    this.#room.set(parent, this.#room.get(parent)! - 1)
    this.#placed.push(id)
    for (const child of this.#waiting.get(id) ?? []) {
      if (!this.#parents.has(child) && this.#hasRoom(id)) this.#put(child, id)
    }
  }

  #hasRoom(id: string): boolean {
    return (this.#room.get(id) ?? 0) > 0
  }

  #depthOf(id: string): number {
    const parent = this.#parents.get(id)
    return parent === undefined ? 0 : 1 + this.#depthOf(parent)
  }
}
