// One installation: the facade of the engine. Opens everything in order (store, keys, memory, circles,
// exchanges, network), closes it in reverse, suspends and resumes. Screens and commands speak to this.
// Must never: be reached by a lower layer.

import b4a from 'b4a'
import ReadyResource from 'ready-resource'
import type { InviteHost } from './circle/invite-host.ts'
import { canFilm } from './circle/roster.ts'
import type { JournalLine } from './circle/roster.ts'
import type { Address } from './encoding/address.ts'
import type { DeviceState } from './encoding/device-state.ts'
import { decodeInvite } from './encoding/invite.ts'
import { TemoinError, systemCode } from './errors.ts'
import { Film } from './filming/film.ts'
import { DeviceKeys } from './identity/device-keys.ts'
import { createSeed, loadSeed } from './identity/seed-file.ts'
import { Network } from './links/network.ts'
import type { StreamLink } from './links/stream-link.ts'
import { Circles } from './exchange/circles.ts'
import { Membership } from './exchange/membership.ts'
import type { InviteOptions, JoinOptions } from './exchange/membership.ts'
import type { Exchange } from './exchange/exchange.ts'
import type { Peer } from './exchange/peer.ts'
import type { Replica } from './replica/replica.ts'
import { systemClock } from './runtime/clock.ts'
import type { Clock } from './runtime/clock.ts'
import { EvidenceStore } from './store/evidence-store.ts'
import type { Attempt } from './store/guard.ts'
import { SpaceWatch } from './store/space-watch.ts'
import { StateFile } from './store/state-file.ts'
import type { DeviceKey, RecordingKey } from './types/keys.ts'
import { VERSION } from './version.ts'

export interface DeviceEvents {
  recording: [Replica, Exchange]
  progress: [Replica, Exchange]
  sealed: [Replica, Exchange]
  presence: [Peer, Exchange]
  line: [JournalLine, Exchange]
  attempt: [Attempt]
  damaged: [{ quarantine: string; bytesLost: number }]
  full: []
  room: []
  trouble: [unknown]
}

export interface DeviceOptions {
  /** Storage directory: one directory is one device. */
  dir: string
  /** Make the device where there is none, with this name. Without it a missing device is an error. */
  create?: { name: string }
  /** The seed, where something else keeps it (a phone's keystore). */
  seed?: Uint8Array
  /** No network at all: for reading what is held. @default false */
  offline?: boolean
  /** DHT nodes; empty for none, undefined for the public ones. */
  bootstrap?: Address[]
  /** Address to bind to. */
  host?: string
  /** Tell and try local addresses. @default true */
  lan?: boolean
  /** Free space to keep, bytes. */
  reserveBytes?: number
  clock?: Clock
}

export class Device extends ReadyResource<DeviceEvents> {
  readonly #options: DeviceOptions
  readonly #clock: Clock
  #store: EvidenceStore | null = null
  #space: SpaceWatch | null = null
  #keys: DeviceKeys | null = null
  #stateFile: StateFile | null = null
  #state: DeviceState | null = null
  #network: Network | null = null
  #circles: Circles | null = null
  #restarting: Promise<void> | null = null
  #membership: Membership | null = null
  readonly #films = new Set<Film>()
  #reopenDue = false

  constructor(options: DeviceOptions) {
    super()
    this.#options = options
    this.#clock = options.clock ?? systemClock()
  }

  protected override async _open(): Promise<void> {
    try {
      await this.#assertDevice()
      await this.#openStore()
      await this.#openIdentity()
      await this.#openCircles()
      if (!this.#options.offline) await this.#openNetwork()
    } catch (err) {
      await this.#closeAll()
      throw err
    }
  }

  protected override async _close(): Promise<void> {
    this.#membership?.cancel()
    for (const film of this.#films) await film.close()
    await this.#restarting
    await this.#closeAll()
  }

  get key(): DeviceKey {
    return this.#keys!.device
  }

  get name(): string {
    return this.#state!.name
  }

  get circles(): readonly Exchange[] {
    return this.#circles?.all ?? []
  }

  get network(): Network | null {
    return this.#network
  }

  get isFull(): boolean {
    return this.#space?.isFull ?? false
  }

  /** A new circle, this device its first organiser. */
  createCircle(name: string): Promise<Exchange> {
    return this.#membership!.found(name)
  }

  /** The circle with this id or name; the only one where nothing is given. */
  circle(wanted?: string): Exchange {
    return this.#circles!.pick(wanted)
  }

  /** Starts to admit candidates; close the host to stop. */
  invite(options: InviteOptions): Promise<InviteHost> {
    return this.#membership!.invite(options)
  }

  /** Redeems an invite; resolves once this device is a member and the journals have begun to arrive. */
  async join(url: string, { name, ...patience }: JoinOptions): Promise<Exchange> {
    decodeInvite(url) // before anything is changed here
    if (name !== undefined) await this.rename(name)
    const exchange = await this.#membership!.join(url, patience)
    this.#refreshMembers()
    return exchange
  }

  revoke(exchange: Exchange, device: DeviceKey, reason: string): Promise<void> {
    return this.#membership!.revoke(exchange, device, reason)
  }

  async rename(name: string): Promise<void> {
    this.#state!.name = name
    await this.#save()
  }

  /** A film in this circle, ready to begin. */
  film(exchange: Exchange, options: { keepReadable?: boolean; rotateAfterMs?: number } = {}): Film {
    const member = exchange.circle.roster.active(this.key)
    if (member === null || !canFilm(member.role)) {
      throw new TemoinError(
        'NOT_ALLOWED',
        'This device may not film here: its role only keeps copies'
      )
    }
    const film = new Film({
      exchange,
      keys: this.#keys!,
      clock: this.#clock,
      build: VERSION,
      previous: this.interrupted(exchange)?.key ?? null,
      ...options
    })
    this.#films.add(film)
    film.once('close', () => {
      this.#films.delete(film)
      this.#reopenIfDue()
    })
    return film
  }

  /** This device's newest recording here that never got its seal, or null. */
  interrupted(exchange: Exchange): Replica | null {
    const own = exchange.replicas
      .filter(({ announced }) => b4a.equals(announced.author, this.key))
      .sort((a, b) => b.announced.startedAtMs - a.announced.startedAtMs)[0]
    return own && own.end === null ? own : null
  }

  /** The replica of a recording, in whatever circle it is. */
  find(key: RecordingKey): { replica: Replica; exchange: Exchange } {
    return this.#circles!.find(key)
  }

  /** Before anything is made in a directory where there is none. What else is wrong is told later. */
  async #assertDevice(): Promise<void> {
    const { dir, create, seed } = this.#options
    if (seed || create || (await loadSeed(dir).catch(() => true)) !== null) return
    throw deviceMissing()
  }

  async #openStore(): Promise<void> {
    const { dir, reserveBytes } = this.#options
    this.#store = new EvidenceStore({ dir })
    this.#store.on('attempt', (attempt) => this.emit('attempt', attempt))
    this.#store.on('damaged', (damage) => this.emit('damaged', damage))
    await this.#store.ready()
    this.#space = new SpaceWatch({
      store: this.#store,
      ...(reserveBytes === undefined ? {} : { reserveBytes })
    })
    this.#space.on('full', () => this.#onFull())
    this.#space.on('room', ({ failed }) => this.#onRoom(failed))
    await this.#space.ready()
  }

  async #openIdentity(): Promise<void> {
    const { dir, create, seed } = this.#options
    const own = seed ?? (await loadSeed(dir)) ?? (create ? await createSeed(dir) : null)
    if (own === null) throw deviceMissing()
    this.#keys = new DeviceKeys(own)
    this.#membership = new Membership({
      keys: this.#keys,
      circles: () => this.#circles!,
      rendezvous: () => this.#network!,
      name: () => this.name,
      now: () => this.#clock.now()
    })
    this.#stateFile = new StateFile(dir, this.#keys)
    this.#state = await this.#stateFile.load()
    if (this.#state === null) {
      this.#state = { name: create?.name ?? '', port: 0, circles: [] }
      await this.#save()
    }
  }

  async #openCircles(): Promise<void> {
    const circles = new Circles({
      store: this.#store!,
      keys: this.#keys!,
      states: this.#state!.circles,
      save: () => this.#save(),
      addresses: () => this.#network?.addresses() ?? [],
      isFull: () => this.isFull,
      now: () => this.#clock.now()
    })
    this.#circles = circles
    circles.on('members', () => this.#refreshMembers())
    circles.on('trouble', (err) => this.#onTrouble(err))
    circles.on('recording', (...args) => this.emit('recording', ...args))
    circles.on('progress', (...args) => this.emit('progress', ...args))
    circles.on('sealed', (...args) => this.emit('sealed', ...args))
    circles.on('presence', (...args) => this.emit('presence', ...args))
    circles.on('line', (...args) => this.emit('line', ...args))
    await circles.ready()
  }

  async #openNetwork(): Promise<void> {
    const { bootstrap, host, lan = true } = this.#options
    this.#network = new Network({
      keyPair: this.#keys!.noise,
      bootstrap,
      host,
      lan,
      port: this.#state!.port,
      admits: (device) => this.#circles!.admits(device),
      addressesOf: (device) => this.#circles!.addressesOf(device),
      now: () => this.#clock.now()
    })
    this.#network.on('link', (link) => this.#onLink(link))
    this.#network.on('unlink', (link) => this.#circles!.removeLink(link))
    await this.#network.ready()
    await this.#rememberPort()
    this.#refreshMembers()
  }

  async #rememberPort(): Promise<void> {
    const { port } = this.#network!
    if (this.#state!.port === port) return
    this.#state!.port = port
    await this.#save()
  }

  #onLink(link: StreamLink): void {
    link.mux.pair({ protocol: 'hypercore/alpha' }, (discoveryKey) =>
      discoveryKey ? this.#circles!.serve(link, discoveryKey) : undefined
    )
    this.#circles!.addLink(link)
  }

  /** Whoever any of our circles admits is a device to stay linked with. */
  #refreshMembers(): void {
    const network = this.#network
    if (network === null || this.closing) return
    const others = this.#circles!.others()
    network.setMembers(others)
    for (const device of others) network.nudge(device)
    for (const link of network.links) this.#circles!.addLink(link)
  }

  #onTrouble(err: unknown): void {
    if (systemCode(err) === 'ENOSPC') this.#space?.failed()
    this.emit('trouble', err)
  }

  #onFull(): void {
    this.#circles?.sayHelloToAll()
    this.emit('full')
  }

  #onRoom(failed: boolean): void {
    this.#reopenDue ||= failed
    if (this.#state) void this.#save().catch(() => {}) // what was learnt while there was no room
    if (!failed) this.#circles?.sayHelloToAll()
    this.#reopenIfDue()
    this.emit('room')
  }

  /** Not in mid-film: what our own disk has missed still leaves for the holders, from memory. */
  #reopenIfDue(): void {
    if (!this.#reopenDue || this.#films.size > 0 || this.closing) return
    this.#reopenDue = false
    this.#restarting = this.#reopen().catch((err) => void this.emit('trouble', err))
  }

  /** A database that once met a full disk refuses every write until it is opened again. */
  async #reopen(): Promise<void> {
    await this.#circles!.close()
    await this.#space!.close()
    await this.#store!.close()
    if (this.closing) return
    await this.#openStore()
    await this.#openCircles()
    for (const link of this.#network?.links ?? []) link.close() // a fresh link opens fresh channels
    this.#refreshMembers()
  }

  async #closeAll(): Promise<void> {
    if (this.#network) await this.#network.close()
    if (this.#circles) await this.#circles.close()
    if (this.#space) await this.#space.close()
    if (this.#store) await this.#store.close().catch(() => {})
    this.#keys?.wipe()
  }

  #save(): Promise<void> {
    return this.#stateFile!.save(this.#state!)
  }
}

function deviceMissing(): TemoinError {
  return new TemoinError(
    'DEVICE_MISSING',
    'There is no device in this directory yet: make one with "temoin init"'
  )
}
