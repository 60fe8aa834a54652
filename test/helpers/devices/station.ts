// A device without its network: real keys, store, circle and exchange, joined to others by wires that
// a test holds in its hand. What `core/device.ts` puts together, less hyperdht.

import b4a from 'b4a'
import type { Assert } from 'brittle'
import { Circle } from '../../../core/circle/circle.ts'
import type { CircleOptions } from '../../../core/circle/options.ts'
import { newFounding } from '../../../core/circle/founding.ts'
import { seenBy } from '../../../core/circle/journal/seen-by.ts'
import type { JournalLine } from '../../../core/circle/roster.ts'
import type { Address } from '../../../core/encoding/address.ts'
import type { Room } from '../../../core/encoding/control.ts'
import { freshCircle } from '../../../core/encoding/memory/device-state.ts'
import type { CircleState } from '../../../core/encoding/memory/device-state.ts'
import { Film } from '../../../core/filming/film.ts'
import type { FilmOptions } from '../../../core/filming/film.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { Exchange } from '../../../core/exchange/exchange.ts'
import { systemClock } from '../../../core/runtime/clock.ts'
import type { Clock } from '../../../core/runtime/clock.ts'
import { EvidenceStore } from '../../../core/store/evidence-store.ts'
import type { Attempt } from '../../../core/store/hypercore/guard.ts'
import type { CircleId, Role } from '../../../core/types/keys.ts'
import type { Link } from '../../../core/types/link.ts'
import { eventually } from '../eventually.ts'
import { wire } from './wire.ts'
import type { Wire, WireOptions } from './wire.ts'

export interface StationOptions {
  dir?: string
  keys?: DeviceKeys
  state?: CircleState
  clock?: Clock
  /** Bytes of journals that are kept of one device. @default journalLimit */
  limitBytes?: CircleOptions['limitBytes']
  /** What a device does with its state file. @default nothing: the state outlives a restart in memory */
  save?: (state: CircleState) => Promise<void>
  /** Called before anything of the station is opened. */
  prepare?: (station: Station) => void
}

export class Station {
  readonly dir: string
  readonly keys: DeviceKeys
  readonly state: CircleState
  readonly clock: Clock
  readonly limitBytes: StationOptions['limitBytes']
  readonly store: EvidenceStore
  readonly circle: Circle
  readonly exchange: Exchange
  readonly links = new Set<Link>()
  readonly attempts: Attempt[] = []
  readonly troubles: unknown[] = []
  /** Where it says it can be reached. */
  addresses: Address[] = []
  /** What its disk says of its room. */
  isFull = false
  /** What limits of its own leave. */
  room: Room = 'open'

  private constructor(
    dir: string,
    keys: DeviceKeys,
    { state = newCircle(), clock = systemClock(), save, limitBytes }: StationOptions
  ) {
    this.dir = dir
    this.keys = keys
    this.state = state
    this.clock = clock
    this.limitBytes = limitBytes
    this.store = new EvidenceStore({ dir })
    this.store.on('attempt', (attempt) => this.attempts.push(attempt))
    const { store } = this
    const now = (): number => clock.now()
    const limits = limitBytes ? { limitBytes } : {}
    const saves = async (): Promise<void> => save?.(state)
    this.circle = new Circle({ store, keys, state, now, save: saves, ...limits })
    this.exchange = new Exchange({
      circle: this.circle,
      store,
      keys,
      now,
      addresses: () => this.addresses,
      isFull: () => this.isFull,
      room: () => this.room
    })
    this.exchange.on('trouble', (err) => this.troubles.push(err))
    this.circle.on('roster', () => {
      for (const link of this.links) this.exchange.addLink(link)
    })
  }

  /** Opens a member again where `state` is given; closed at the end of the test. */
  static async open(t: Assert, options: StationOptions = {}): Promise<Station> {
    const { keys = new DeviceKeys(randomBytes(32)) } = options
    const dir = options.dir ?? (await t.tmp())
    const station = new Station(dir, keys, options)
    options.prepare?.(station)
    t.teardown(() => station.close())
    await station.store.ready()
    await station.circle.ready()
    await station.exchange.ready()
    await station.store.loss.told()
    return station
  }

  async close(): Promise<void> {
    await this.exchange.close()
    await this.circle.close()
    await this.store.close()
  }

  /** A film by this station, ready to begin; ended at the end of the test. */
  film(t: Assert, options: Partial<FilmOptions> = {}): Film {
    const { exchange, keys, clock } = this
    const film = new Film({ exchange, keys, clock, build: 'test', previous: null, ...options })
    film.on('trouble', (err) => this.troubles.push(err))
    t.teardown(() => film.close(), { order: -2 })
    return film
  }

  /** This station again, as after a restart of the app. */
  async reopen(t: Assert): Promise<Station> {
    await this.close()
    const { dir, keys, state, clock, limitBytes } = this
    return Station.open(t, { dir, keys, state, clock, limitBytes })
  }
}

/** A clock that runs `times` as fast as the real one, from now on: for what takes its time. */
export function fastClock(times: number): Clock {
  const start = Date.now()
  const now = (): number => start + times * (Date.now() - start)
  return { now, monotonicMs: now }
}

/** The founder of a new circle. */
export async function found(t: Assert, options: StationOptions = {}): Promise<Station> {
  const { keys = new DeviceKeys(randomBytes(32)) } = options
  const founding = newFounding(keys)
  const state = newCircle(founding.id)
  const station = await Station.open(t, { ...options, keys, state })
  const atMs = station.clock.now()
  const body = { ...keys.signedBox, name: 'circle', deviceName: 'founder', atMs }
  await station.circle.found(founding, body)
  return station
}

/** A new member, let in by `by`; it knows what a pairing answer tells. */
export async function enrol(
  t: Assert,
  by: Station,
  role: Role = 'contact',
  options: StationOptions = {}
): Promise<Station> {
  const { keys = new DeviceKeys(randomBytes(32)) } = options
  const { device } = keys
  const seen = seenBy(by.circle.lines)
  const body = { ...keys.signedBox, role, name: role, atMs: by.clock.now(), seen }
  await by.circle.say({ kind: 'member-added', body })
  const { id, heads } = by.state
  const known = { id, heads: [...heads], ...by.circle.epochs.secretsFor(device) }
  const name = role === 'relay' ? '' : 'circle'
  const state = freshCircle({ ...known, name, introducer: by.keys.device })
  return Station.open(t, { ...options, keys, state })
}

/** A founder, then a member of each role. */
export type Enrolled<Roles extends Role[]> = [Station, ...{ [I in keyof Roles]: Station }]

/** A founder and members of these roles, who have all met the founder once and are not joined now. */
export function enrolled<Roles extends Role[]>(
  t: Assert,
  ...roles: Roles
): Promise<Enrolled<Roles>> {
  return enrolledWith(t, {}, ...roles)
}

/** @param options of every station */
export async function enrolledWith<Roles extends Role[]>(
  t: Assert,
  options: StationOptions,
  ...roles: Roles
): Promise<Enrolled<Roles>> {
  const founder = await found(t, options)
  const others: Station[] = []
  for (const role of roles) others.push(await enrol(t, founder, role, options))
  for (const other of others) {
    const wire = await connect(t, founder, other)
    await eventually(() => other.circle.roster.members.length === roles.length + 1)
    wire.cut()
    await eventually(() => founder.exchange.peers.length + other.exchange.peers.length === 0)
  }
  return [founder, ...others] as Enrolled<Roles>
}

/** Joins two stations; both have greeted each other when it resolves. `a` is the wire's first end. */
export async function connect(
  t: Assert,
  a: Station,
  b: Station,
  options: WireOptions = {}
): Promise<Wire> {
  const joined = await wire(t, a.keys.noise, b.keys.noise, options)
  plug(a, joined.a)
  plug(b, joined.b)
  await eventually(() => isGreeted(a, joined.a) && isGreeted(b, joined.b))
  return joined
}

/** What a device does with a new link. */
export function plug({ exchange, links }: Station, link: Link): void {
  link.mux.pair({ protocol: 'hypercore/alpha' }, (discoveryKey) =>
    discoveryKey ? exchange.serve(link, discoveryKey) : undefined
  )
  links.add(link)
  link.stream.on('close', () => {
    links.delete(link)
    exchange.removeLink(link)
  })
  exchange.addLink(link)
}

function isGreeted({ exchange }: Station, link: Link): boolean {
  return exchange.peers.some((peer) => peer.link === link)
}

/** With a secret of its own, whoever founds it. */
function newCircle(id: CircleId = randomBytes(32)): CircleState {
  return freshCircle({ id, name: 'circle', secret: { whole: true, bytes: randomBytes(32) } })
}

/** `by` revokes a member, as a device would. */
export async function revoke(by: Station, { keys }: { keys: DeviceKeys }): Promise<void> {
  const { circle, clock } = by
  const seen = seenBy(circle.lines)
  const body = { device: keys.device, reason: 'seized', atMs: clock.now(), seen }
  await circle.say({ kind: 'member-revoked', body })
}

/** `other`, who is joined to `by`, seconds its revocation of a member; `by` has its powers again. */
export async function agree(
  by: Station,
  other: Station,
  { keys }: { keys: DeviceKeys }
): Promise<void> {
  const { circle, clock } = other
  const isIt = ({ entry }: JournalLine): boolean =>
    entry.kind === 'member-revoked' && b4a.equals(entry.body.device, keys.device)
  await eventually(() => circle.lines.some(isIt))
  const { journal, index } = circle.lines.find(isIt)!
  const seen = seenBy(circle.lines)
  const body = { device: keys.device, journal, index, atMs: clock.now(), seen }
  await circle.say({ kind: 'seconded', body })
  await eventually(() => !by.circle.roster.find(by.keys.device)!.onHold)
}
