// All circles this device is in, each with its exchange: opened together, asked together. What the
// network needs to know of them (whom to admit, whom to reach, who serves what) is answered here.

import b4a from 'b4a'
import ReadyResource from 'ready-resource'
import z32 from 'z32'
import { Circle } from '../../circle/circle.ts'
import { mayBeCutShort } from '../../circle/founding.ts'
import type { JournalLine } from '../../circle/roster.ts'
import type { Address } from '../../encoding/address.ts'
import { coreKey } from '../../encoding/core-key.ts'
import type { Room } from '../../encoding/control.ts'
import type { CircleState } from '../../encoding/memory/device-state.ts'
import { TemoinError } from '../../errors.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { MAX_ADDRESSES } from '../../limits.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { CircleId, DeviceKey, RecordingKey } from '../../types/keys.ts'
import type { Link } from '../../types/link.ts'
import { excerpt } from '../../evidence/text/printable.ts'
import { Exchange } from '../exchange.ts'
import type { ExchangeEvents } from '../exchange.ts'
import type { Replica } from '../../replica/replica.ts'

const FORWARDED = [
  ...(['known', 'recording', 'progress', 'sealed', 'signed'] as const),
  ...(['presence', 'alarm'] as const)
] as const

/** The events of one circle, and which. */
type InACircle<Events> = {
  [Name in keyof Events]: Events[Name] extends any[] ? [...Events[Name], Exchange] : never
}

export interface CirclesEvents extends InACircle<Omit<ExchangeEvents, 'trouble'>> {
  line: [JournalLine, Exchange]
  /** Who belongs, or where somebody can be reached, has changed. */
  members: []
  trouble: [unknown]
}

export interface CirclesOptions {
  store: EvidenceStore
  keys: DeviceKeys
  /** The circles as remembered; a new one is added to this very list. */
  states: CircleState[]
  /** Persists the states; durable when it resolves. */
  save: () => Promise<void>
  addresses: () => Address[]
  isFull: () => boolean
  /** What this device still takes of a circle, where it holds within limits. */
  room?: ((circle: CircleId) => Room) | undefined
  now: () => number
}

export class Circles extends ReadyResource<CirclesEvents> {
  readonly #options: CirclesOptions
  readonly #exchanges: Exchange[] = []

  constructor(options: CirclesOptions) {
    super()
    this.#options = options
  }

  protected override async _open(): Promise<void> {
    try {
      for (const state of [...this.#options.states]) {
        if (!(await this.#isSweptAway(state))) await this.#openOne(state)
      }
    } catch (err) {
      await this._close() // what would else go on, on a store that is being closed
      throw err
    }
  }

  protected override async _close(): Promise<void> {
    for (const exchange of this.#exchanges.splice(0).reverse()) {
      await exchange.close()
      await exchange.circle.close()
    }
  }

  get all(): readonly Exchange[] {
    return this.#exchanges
  }

  /** A circle this device has just founded or joined; remembered before it is opened. */
  async add(state: CircleState): Promise<Exchange> {
    const { states, save } = this.#options
    states.push(state)
    await save()
    return this.#openOne(state)
  }

  byId(id: CircleId): Exchange | null {
    return this.#exchanges.find(({ circle }) => b4a.equals(circle.id, id)) ?? null
  }

  /** The circle with this id or name; the only one where nothing is given. */
  pick(wanted?: string): Exchange {
    const fits = ({ circle }: Exchange): boolean =>
      wanted === undefined || circle.name === wanted || z32.encode(circle.id) === wanted
    const found = this.#exchanges.filter(fits)
    if (found.length === 1) return found[0]!
    if (found.length === 0) throw unknownCircle(wanted)
    throw ambiguous(found)
  }

  /** A recording in whatever circle it is. */
  find(key: RecordingKey): { replica: Replica; exchange: Exchange } {
    for (const exchange of this.#exchanges) {
      const replica = exchange.replica(key)
      if (replica) return { replica, exchange }
    }
    throw new TemoinError(
      'RECORDING_UNKNOWN',
      'This device knows no such recording: "temoin list" shows those it knows'
    )
  }

  admits(device: DeviceKey): boolean {
    return this.#exchanges.some(({ circle }) => circle.admits(device))
  }

  addressesOf(device: DeviceKey): Address[] {
    const found = this.#exchanges.flatMap(({ circle }) => circle.introductions.addressesOf(device))
    return found.slice(0, MAX_ADDRESSES)
  }

  /** Every other device that any circle admits. */
  others(): DeviceKey[] {
    const found = new Map<string, DeviceKey>()
    for (const { circle } of this.#exchanges) {
      const { introducer, members } = circle.state
      const devices = [...members, ...circle.roster.members.map(({ device }) => device)]
      for (const device of introducer ? [introducer, ...devices] : devices) {
        if (circle.admits(device)) found.set(z32.encode(device), device)
      }
    }
    found.delete(z32.encode(this.#options.keys.device))
    return [...found.values()]
  }

  addLink(link: Link): void {
    for (const exchange of this.#exchanges) exchange.addLink(link)
  }

  removeLink(link: Link): void {
    for (const exchange of this.#exchanges) exchange.removeLink(link)
  }

  /** The other end of `link` asks for a core: whichever circle has it serves it. */
  async serve(link: Link, discoveryKey: Uint8Array): Promise<void> {
    for (const exchange of this.#exchanges) {
      if (await exchange.serve(link, discoveryKey)) return
    }
  }

  /** The device was locked, or unlocked. */
  setReadable(readable: boolean): void {
    for (const { circle, replicas } of this.#exchanges) {
      for (const replica of replicas) replica.setReadable(readable)
      if (readable) circle.epochs.retry()
    }
  }

  sayHelloToAll(): void {
    for (const exchange of this.#exchanges) exchange.sayHelloToAll()
  }

  /** A founding that was cut short: asked for again, a circle is founded anew. */
  async #isSweptAway(state: CircleState): Promise<boolean> {
    const { store, keys, states, save } = this.#options
    if (!mayBeCutShort(keys.device, state)) return false
    const journals = await store.held(state.heads.map(({ signer }) => coreKey(signer)))
    if (journals.some((held) => held !== null && held.length > 0)) return false
    states.splice(states.indexOf(state), 1)
    await save().catch(() => {}) // a full disk: the next start does it again
    return true
  }

  async #openOne(state: CircleState): Promise<Exchange> {
    const { store, keys, now, save, addresses, isFull, room } = this.#options
    const circle = new Circle({ store, keys, state, now, save })
    await circle.ready()
    const exchange = new Exchange({
      ...{ circle, store, keys, now, addresses, isFull },
      room: room && (() => room(circle.id))
    })
    this.#forward(exchange)
    await exchange.ready()
    this.#exchanges.push(exchange)
    this.emit('members')
    return exchange
  }

  #forward(exchange: Exchange): void {
    const { circle } = exchange
    circle.on('roster', () => this.emit('members'))
    circle.on('introduction', () => this.emit('members'))
    circle.on('line', (line) => this.emit('line', line, exchange))
    for (const event of FORWARDED) {
      exchange.on(
        event,
        (...args: any[]) => void this.emit(event, ...([...args, exchange] as never))
      )
    }
    exchange.on('trouble', (err) => this.emit('trouble', err))
  }
}

/** Two may have one name: the key tells them apart. */
function ambiguous(found: Exchange[]): TemoinError {
  const words = found.map(({ circle }) => `${excerpt(circle.name)} ${z32.encode(circle.id)}`)
  const sentence = `Several circles fit, say which one with --circle and its name or key: ${words.join(', ')}`
  return new TemoinError('CIRCLE_AMBIGUOUS', sentence)
}

function unknownCircle(wanted: string | undefined): TemoinError {
  if (wanted !== undefined) {
    const sentence = `This device is in no circle called ${wanted}: "temoin circle show" lists them`
    return new TemoinError('CIRCLE_UNKNOWN', sentence)
  }
  return new TemoinError(
    'CIRCLE_MISSING',
    'This device is in no circle yet: create one with "temoin circle create <name>", or join one with "temoin join <url>"'
  )
}
