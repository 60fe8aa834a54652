// An author and the holders of its film, joined by wires in a test's hand.

import type { Assert } from 'brittle'
import type { Film } from '../../../core/filming/film.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import type { Role } from '../../../core/types/keys.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolledWith } from '../../helpers/devices/station.ts'
import type { Station, StationOptions } from '../../helpers/devices/station.ts'
import type { Wire, WireOptions } from '../../helpers/devices/wire.ts'
import { blocksOf, made, replicaAt, sameBytes } from '../../replica/held.ts'

export class Fleet {
  readonly author: Station
  readonly holders: Station[]
  readonly #test: Assert
  readonly #wires: { a: Station; b: Station; wire: Wire }[] = []

  private constructor(t: Assert, author: Station, holders: Station[]) {
    this.#test = t
    this.author = author
    this.holders = holders
  }

  /** Everybody joined to everybody. */
  static mesh(t: Assert, ...roles: Role[]): Promise<Fleet> {
    return Fleet.meshWith(t, {}, ...roles)
  }

  /** @param options of every station */
  static async meshWith(t: Assert, options: StationOptions, ...roles: Role[]): Promise<Fleet> {
    const fleet = await Fleet.apartWith(t, options, ...roles)
    await fleet.joinAll([fleet.author, ...fleet.holders])
    return fleet
  }

  /** Nobody joined to anybody yet. */
  static apart(t: Assert, ...roles: Role[]): Promise<Fleet> {
    return Fleet.apartWith(t, {}, ...roles)
  }

  static async apartWith(t: Assert, options: StationOptions, ...roles: Role[]): Promise<Fleet> {
    const [author, ...holders] = await enrolledWith(t, options, ...roles)
    return new Fleet(t, author, holders)
  }

  async join(a: Station, b: Station, options: WireOptions = {}): Promise<Wire> {
    const wire = await connect(this.#test, a, b, options)
    this.#wires.push({ a, b, wire })
    return wire
  }

  /** Each of these with each other one. */
  async joinAll(all: Station[]): Promise<void> {
    for (const [i, a] of all.entries()) for (const b of all.slice(i + 1)) await this.join(a, b)
  }

  wire(a: Station, b: Station): Wire {
    return this.#wires.find((one) => one.a === a && one.b === b)!.wire
  }

  wiresOf(station: Station): Wire[] {
    return this.#wires.filter(({ a, b }) => a === station || b === station).map(({ wire }) => wire)
  }

  /** Bytes that left `station` on all its wires so far. */
  sentBy(station: Station): number {
    const sent = this.#wires.map(({ a, b, wire }) =>
      a === station ? wire.toB.bytes : b === station ? wire.toA.bytes : 0
    )
    return sent.reduce((sum, bytes) => sum + bytes, 0)
  }

  /** Those that the author pushes this part to now. */
  fedBy({ exchange }: Station, { key }: Replica): Station[] {
    const channels = exchange.replica(key)!.upstream.channels
    return [this.author, ...this.holders].filter(({ keys }) => {
      const peer = exchange.peerOf(keys.device)
      return peer?.channel && channels.includes(peer.channel)
    })
  }

  /** Resolves once every one of these holds, flushed, all that was filmed, and the author knows. */
  async haveAll(film: Film, holders: Station[] = this.holders): Promise<void> {
    for (const part of film.parts) {
      for (const holder of holders) await this.#hasAll(part, holder)
    }
  }

  async #hasAll(part: Replica, holder: Station): Promise<void> {
    const held = await replicaAt(holder, part.key)
    await eventually(() => held.length === made(part))
    const signed = (): number => part.receipts.lengthOf(holder.keys.device)
    await eventually(() => signed() === made(part))
    await eventually(() => part.length === made(part))
    if (!sameBytes(await blocksOf(held), await blocksOf(part))) throw new Error('Other bytes')
  }
}
