// The devices, what joins them, what the hostile ones hold in their hands, and what is true. Knows how
// to bring a device up and down and how to join two; what else can happen is under acts/, what must
// hold is under rules/.

import type { Assert } from 'brittle'
import type { DeviceKeys } from '../../../core/identity/device-keys.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { enrol, found, plug, Station as Stations } from '../../helpers/devices/station.ts'
import type { Wire } from '../../helpers/devices/wire.ts'
import { wire } from '../../helpers/devices/wire.ts'
import { Actor } from './actor.ts'
import type { Hand } from './hand.ts'
import type { Forgery } from './forgery.ts'
import { FOUNDER } from './plan.ts'
import type { Sketch } from './plan.ts'
import { Ledger, Truth } from './truth.ts'

/** Connections that hostile members hold open by hand; the oldest is let go. */
const MAX_HANDS = 6

export interface TwoFaced {
  by: Actor
  /** The key of the journal, as hex. */
  id: string
}

export class World {
  readonly t: Assert
  readonly mayOrganisersTurn: boolean
  readonly actors: Actor[] = []
  readonly truth = new Truth()
  /** Who signed for what, as anybody honest counts it. */
  readonly ledger = new Ledger()
  /** What hostile members film, and keep the key of. */
  readonly forgeries: Forgery[] = []
  /** Journals that were written in two versions. @see acts/hostile/two-faces.ts */
  readonly twoFaced: TwoFaced[] = []
  /** Whom a hostile organiser lets in beside the devices that there are. */
  readonly strangers: DeviceKeys[] = []
  readonly #wires = new Map<string, Wire>()
  readonly #hands: Hand[] = []

  private constructor(t: Assert, mayOrganisersTurn: boolean) {
    this.t = t
    this.mayOrganisersTurn = mayOrganisersTurn
  }

  static async create(t: Assert, mayOrganisersTurn: boolean): Promise<World> {
    const world = new World(t, mayOrganisersTurn)
    const founder = new Actor(0, FOUNDER, null, world.truth)
    world.actors.push(founder)
    founder.opened(await found(t, founder.options))
    return world
  }

  /** Devices that are up and keep to the rules. */
  get honest(): Actor[] {
    return this.actors.filter(({ hostile, station }) => !hostile && station !== null)
  }

  /** The station of this device, or null where it is down or not there. */
  station(index: number): Station | null {
    return this.actors[index]?.station ?? null
  }

  /** @param by is up */
  async enrol(by: Actor, sketch: Sketch): Promise<void> {
    const actor = new Actor(this.actors.length, sketch, by, this.truth)
    this.actors.push(actor)
    actor.opened(await enrol(this.t, by.station!, sketch.role, actor.options))
  }

  async up(actor: Actor, dir = actor.dir): Promise<void> {
    if (actor.station !== null) return
    actor.opened(await Stations.open(this.t, { ...actor.options, dir, state: actor.state }))
  }

  /** What is said of a device that is down, it can say no more itself: its films and links end. */
  async down(actor: Actor): Promise<void> {
    const { station, film } = actor
    actor.station = null
    actor.film = null
    this.unplug(actor.index)
    await film?.close()
    await station?.close()
  }

  /** Pulls every cable of a device, those in hostile hands as well. */
  unplug(index: number): void {
    for (const [id, joined] of this.#wires) if (ends(id).includes(index)) this.#drop(id, joined)
    for (const hand of this.#hands) if (hand.ends.includes(index)) hand.close()
  }

  async join(a: number, b: number, latencyMs: number): Promise<void> {
    const [first, second] = [this.station(a), this.station(b)]
    if (a === b || first === null || second === null || this.wire(a, b) !== null) return
    const joined = await wire(this.t, first.keys.noise, second.keys.noise, { latencyMs })
    this.#wires.set(between(a, b), joined)
    plug(first, joined.a)
    plug(second, joined.b)
  }

  cut(a: number, b: number): void {
    const joined = this.wire(a, b)
    if (joined) this.#drop(between(a, b), joined)
  }

  /** The wire between two devices; null where there is none, or one end has hung up. */
  wire(a: number, b: number): Wire | null {
    const joined = this.#wires.get(between(a, b))
    if (joined === undefined) return null
    if (!joined.a.closed && !joined.b.closed) return joined
    this.#drop(between(a, b), joined)
    return null
  }

  get wires(): [number, number, Wire][] {
    return [...this.#wires].map(([id, joined]) => {
      const [a, b] = ends(id)
      return [a!, b!, joined]
    })
  }

  /** Keeps it open through what comes, so that it is met when everybody must agree. */
  hold(hand: Hand): void {
    this.#hands.push(hand)
    while (this.#hands.length > MAX_HANDS) this.#hands.shift()!.close()
  }

  /** Writes down what anybody honest counts as safe, and what the honest say of themselves. */
  takeNote(): void {
    for (const { station } of this.honest) {
      for (const replica of station!.exchange.replicas) {
        for (const receipt of replica.receipts.all()) this.ledger.note(receipt)
      }
    }
  }

  #drop(id: string, joined: Wire): void {
    this.#wires.delete(id)
    joined.cut()
  }
}

function between(a: number, b: number): string {
  return a < b ? `${a}-${b}` : `${b}-${a}`
}

function ends(id: string): number[] {
  return id.split('-').map(Number)
}
