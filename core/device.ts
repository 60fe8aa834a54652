// One installation: the facade of the engine. Opens everything in order (store, keys, memory, circles,
// exchanges, network), closes it in reverse, locks and unlocks. Screens and commands speak to this.
// Must never: be reached by a lower layer.

import ReadyResource from 'ready-resource'
import type { InviteHost } from './circle/pairing/invite-host.ts'
import { changesRoster } from './circle/roster.ts'
import type { HistoryEntry, JournalLine } from './circle/roster.ts'
import { Disk } from './device/disk.ts'
import { Films, interruptedIn } from './device/films.ts'
import type { FilmChoices } from './device/films.ts'
import { assertDevice, forgetIdentity, openIdentity } from './device/identity.ts'
import type { Identity } from './device/identity.ts'
import { Linking } from './device/linking.ts'
import { Locking, type WHILE_LOCKED } from './device/locking.ts'
import type { Opener } from './device/locking.ts'
import type { DeviceEvents, DeviceOptions } from './device/options.ts'
import { panic, wipeKeys } from './device/panic.ts'
import type { Wiped } from './device/panic.ts'
import { SafeKeeper } from './device/safe-keeper.ts'
import { Strays } from './device/strays.ts'
import type { DeviceState } from './encoding/device-state.ts'
import { decodeInvite } from './encoding/invite.ts'
import type { Invite } from './encoding/invite.ts'
import { systemCode } from './errors.ts'
import type { Film } from './filming/film.ts'
import type { DeviceKeys } from './identity/device-keys.ts'
import { Circles } from './exchange/members/circles.ts'
import { Membership } from './exchange/members/membership.ts'
import { Trust } from './exchange/members/trust.ts'
import type { InviteOptions, JoinOptions, Resumable } from './exchange/members/membership.ts'
import { PairingMemory } from './exchange/members/pairing-memory.ts'
import type { Exchange } from './exchange/exchange.ts'
import type { Reported } from './exchange/alarms/watch.ts'
import type { Replica } from './replica/replica.ts'
import { systemClock } from './runtime/clock.ts'
import type { Clock } from './runtime/clock.ts'
import { PairingFile } from './store/files/state-file.ts'
import { asStoreDamage, noteDamagedTable } from './store/salvage/table-damage.ts'
import type { DeviceKey, RecordingKey } from './types/keys.ts'

export type { DeviceEvents, DeviceOptions }

const FORWARDED = ['known', 'recording', 'progress', 'sealed', 'presence', 'line', 'alarm'] as const

export class Device extends ReadyResource<DeviceEvents> {
  readonly #options: DeviceOptions
  readonly #clock: Clock
  #disk: Disk | null = null
  #identity: Identity | null = null
  #safe: SafeKeeper | null = null
  #locking: Locking | null = null
  #linking: Linking | null = null
  #circles: Circles | null = null
  #restarting: Promise<void> | null = null
  #pairing: PairingMemory | null = null
  #membership: Membership | null = null
  readonly #films: Films
  #reopenDue = false

  constructor(options: DeviceOptions) {
    super()
    this.#options = options
    this.#clock = options.clock ?? systemClock()
    this.#films = new Films(this.#clock, () => this.#reopenIfDue())
  }

  protected override async _open(): Promise<void> {
    try {
      await assertDevice(this.#options)
      await this.#openDisk()
      await this.#openIdentity()
      await this.#openCircles()
      if (!this.#options.offline) await this.#openNetwork()
    } catch (err) {
      await this.#closeAll()
      throw await asStoreDamage(err)
    }
  }

  protected override async _close(): Promise<void> {
    this.#locking?.close()
    await this.#membership?.cancel()
    await this.#films.close()
    await this.#restarting
    await this.#closeAll()
  }

  get key(): DeviceKey {
    return this.#keys.device
  }

  get name(): string {
    return this.#state.name
  }

  get circles(): readonly Exchange[] {
    return this.#circles?.all ?? []
  }

  get network(): Linking['network'] | null {
    return this.#linking?.network ?? null
  }

  get isFull(): boolean {
    return this.#disk?.space.isFull ?? false
  }

  /** A new circle, this device its first organiser. */
  async createCircle(name: string): Promise<Exchange> {
    this.#locking!.assertUnlocked()
    return this.#membership!.found(name)
  }

  /** The circle with this id or name; the only one where nothing is given. */
  circle(wanted?: string): Exchange {
    return this.#circles!.pick(wanted)
  }

  /** A new invite; starts to admit candidates. Close the host to stop for now, `takeBack` to end it. */
  async invite(options: InviteOptions): Promise<InviteHost> {
    this.#locking!.assertUnlocked()
    return this.#membership!.invite(options)
  }

  /** Invites whose hosting was cut short and that are still good, newest last. */
  get openInvites(): Resumable[] {
    return this.#membership!.openInvites()
  }

  async resumeInvite(open: Resumable): Promise<InviteHost> {
    this.#locking!.assertUnlocked()
    return this.#membership!.resume(open)
  }

  takeBack(host: InviteHost): Promise<void> {
    return this.#membership!.takeBack(host)
  }

  /** The invite this device was trying to redeem when it was last stopped, or null. */
  get pendingInvite(): Invite | null {
    return this.#membership!.pending
  }

  forgetPendingInvite(): Promise<void> {
    return this.#membership!.forgetPending()
  }

  /** Redeems an invite; resolves once this device is a member and the journals have begun to arrive. */
  async join(url: string | Invite, { name, ...patience }: JoinOptions = {}): Promise<Exchange> {
    const invite = typeof url === 'string' ? decodeInvite(url) : url // before anything is changed here
    this.#locking!.assertUnlocked()
    if (name !== undefined) await this.rename(name)
    const exchange = await this.#membership!.join(invite, patience)
    this.#linking?.refresh()
    return exchange
  }

  async revoke(exchange: Exchange, device: DeviceKey, reason: string): Promise<HistoryEntry> {
    return this.trust.revoke(exchange, device, reason)
  }

  /** What changes whom a circle trusts, and with what. @throws TemoinError LOCKED */
  get trust(): Trust {
    this.#locking!.assertUnlocked()
    return new Trust({ self: this.key, now: () => this.#clock.now() })
  }

  /** What `DeviceOptions.room` says is something else now: the members hear of it. */
  roomChanged(): void {
    this.#circles?.sayHelloToAll()
  }

  /** The app says what it knows of its phone: every circle hears of it. */
  async report(kind: Reported): Promise<void> {
    await Promise.all(this.circles.map(({ watch }) => watch.report(kind)))
  }

  async rename(name: string): Promise<void> {
    this.#locking!.assertUnlocked()
    this.#state.name = name
    await this.#save()
  }

  get isLocked(): boolean {
    return this.#locking!.isLocked
  }

  /** Forgets what opens films; filming, handing on and holding go on. @throws TemoinError BAD_STATE */
  lock(): Promise<typeof WHILE_LOCKED> {
    return this.#locking!.lock()
  }

  /** @throws TemoinError PASSPHRASE_WRONG */
  unlock(opener: Opener): Promise<void> {
    return this.#locking!.unlock(opener)
  }

  /** Keys first. Then a running film gets its end, all closes, and what others hold is wiped. */
  async panic(options: { everything?: boolean } = {}): Promise<Wiped> {
    const { dir } = this.#options
    await wipeKeys(dir)
    this.#keys.lock()
    await this.#identity!.stateFile.forget()
    await this.#pairing!.wipe()
    await this.close().catch(() => {})
    return panic(dir, options)
  }

  /** A film in this circle, ready to begin. */
  film(exchange: Exchange, options: FilmChoices = {}): Film {
    return this.#films.begin(exchange, this.#keys, options)
  }

  /** This device's newest recording here that never got its seal, or null. */
  interrupted(exchange: Exchange): Replica | null {
    return interruptedIn(exchange, this.key)
  }

  /** Recordings in the store that none of the circles here tells of. */
  get strays(): Strays {
    return new Strays(this.#disk!.store, this.#keys)
  }

  /** The replica of a recording, in whatever circle it is. */
  find(key: RecordingKey): { replica: Replica; exchange: Exchange } {
    return this.#circles!.find(key)
  }

  async #openDisk(): Promise<void> {
    const { dir, reserveBytes } = this.#options
    const disk = new Disk({ dir, reserveBytes })
    this.#disk = disk
    disk.on('attempt', (attempt) => this.emit('attempt', attempt))
    disk.on('damaged', (damage) => this.emit('damaged', damage))
    disk.on('salvaging', () => this.emit('salvaging'))
    disk.on('salvaged', (salvaged) => this.emit('salvaged', salvaged))
    disk.on('full', () => {
      this.#circles?.sayHelloToAll()
      this.emit('full')
    })
    disk.on('room', ({ failed }) => this.#onRoom(failed))
    await disk.ready()
  }

  async #openIdentity(): Promise<void> {
    const { dir, seed } = this.#options
    this.#identity = await openIdentity(this.#options)
    this.#locking = new Locking({
      dir,
      keptElsewhere: seed !== undefined,
      keys: this.#keys,
      onChange: (locked) => {
        this.#circles?.setReadable(!locked)
        this.emit('lock', locked)
      }
    })
    this.#safe = new SafeKeeper({ dir, self: this.key, exchanges: () => this.circles })
    this.#pairing = new PairingMemory(new PairingFile(dir, this.#keys), () => this.#clock.now())
    await this.#pairing.ready()
    this.#membership = new Membership({
      memory: this.#pairing,
      keys: this.#keys,
      circles: () => this.#circles!,
      rendezvous: () => this.network!,
      name: () => this.name,
      now: () => this.#clock.now()
    })
  }

  async #openCircles(): Promise<void> {
    const circles = new Circles({
      store: this.#disk!.store,
      keys: this.#keys,
      states: this.#state.circles,
      save: () => this.#save(),
      addresses: () => this.network?.addresses() ?? [],
      isFull: () => this.isFull,
      room: this.#options.room,
      now: () => this.#clock.now()
    })
    this.#circles = circles
    circles.on('members', () => this.#linking?.refresh())
    circles.on('trouble', (err) => this.#onTrouble(err))
    for (const event of FORWARDED) {
      circles.on(event, (...args: any[]) => this.emit(event, ...(args as never)))
    }
    for (const event of ['recording', 'progress', 'sealed'] as const) {
      circles.on(event, (replica) => this.#safe!.note(replica))
    }
    circles.on('line', (line) => this.#noteLine(line))
    await circles.ready()
    this.#safe!.begin()
    await this.#disk!.store.loss.told()
  }

  #noteLine(line: JournalLine): void {
    const { entry } = line
    if (changesRoster(line)) this.#safe!.noteRoster()
    else if (entry.kind === 'alarm' && entry.body.alarm === 'storage-damaged') {
      this.#safe!.noteLoss(line.device)
    }
  }

  async #openNetwork(): Promise<void> {
    this.#linking = new Linking({
      options: this.#options,
      keys: this.#keys,
      circles: () => this.#circles!,
      state: this.#state,
      save: () => this.#save(),
      now: () => this.#clock.now()
    })
    this.#linking.network.on('misuse', (misuse) => this.emit('misuse', misuse))
    this.#linking.network.on('trouble', (err) => this.#onTrouble(err))
    await this.#linking.ready()
  }

  #onTrouble(err: unknown): void {
    if (systemCode(err) === 'ENOSPC') this.#disk?.space.failed()
    void noteDamagedTable(err)
    this.emit('trouble', err)
  }

  #onRoom(failed: boolean): void {
    this.#reopenDue ||= failed
    if (this.#identity) void this.#save().catch(() => {}) // what was learnt while there was no room
    if (!failed) this.#circles?.sayHelloToAll()
    this.#reopenIfDue()
    this.emit('room')
  }

  /** Not in mid-film: what our own disk has missed still leaves for the holders, from memory. */
  #reopenIfDue(): void {
    if (!this.#reopenDue || this.#films.areRunning || this.closing) return
    this.#reopenDue = false
    this.#restarting = this.#reopen().catch((err) => void this.emit('trouble', err))
  }

  /** A database that once met a full disk refuses every write until it is opened again. */
  async #reopen(): Promise<void> {
    await this.#circles!.close()
    await this.#disk!.close()
    if (this.closing) return
    await this.#openDisk()
    await this.#openCircles()
    this.#linking?.renew()
  }

  async #closeAll(): Promise<void> {
    await this.#linking?.close()
    await this.#safe?.close()
    await this.#circles?.close()
    await this.#disk?.close().catch(() => {})
    await this.#pairing?.close()
    if (this.#identity) await forgetIdentity(this.#identity)
  }

  get #keys(): DeviceKeys {
    return this.#identity!.keys
  }

  get #state(): DeviceState {
    return this.#identity!.state
  }

  #save(): Promise<void> {
    return this.#identity!.stateFile.save(this.#state)
  }
}
