// One installation: the facade of the engine. Opens everything in order (disk, identity, circles, network),
// closes it in reverse, locks and unlocks. Screens and commands speak to this.
// Must never: be reached by a lower layer.

import ReadyResource from 'ready-resource'
import type { InviteHost } from './circle/pairing/invite-host.ts'
import { Annotations } from './device/annotations.ts'
import { Disk } from './device/disk.ts'
import { Films, interruptedIn } from './device/films.ts'
import type { FilmChoices } from './device/films.ts'
import { forward } from './device/forward.ts'
import { assertDevice, Identity } from './device/identity.ts'
import { beginLeaving, finishLeaving, hasLeft } from './device/leaving.ts'
import type { Leaving } from './device/leaving.ts'
import { Linking } from './device/linking.ts'
import { nameFrom, sayName } from './device/naming.ts'
import { Locking, type WHILE_LOCKED } from './device/taken/locking.ts'
import type { Opener } from './device/taken/locking.ts'
import type { DeviceEvents, DeviceOptions } from './device/options.ts'
import { panic, wipeKeys } from './device/taken/panic.ts'
import type { Wiped } from './device/taken/panic.ts'
import { RunningCircles, TOLD_OF_CIRCLES } from './device/running-circles.ts'
import { Strays } from './device/strays.ts'
import { decodeInvite } from './encoding/pairing/invite.ts'
import type { Invite } from './encoding/pairing/invite.ts'
import { systemCode } from './errors.ts'
import type { Film } from './filming/film.ts'
import type { DeviceKeys } from './identity/device-keys.ts'
import type { InviteOptions, Resumable } from './exchange/members/invites.ts'
import type { JoinOptions } from './exchange/members/joining.ts'
import { Membership } from './exchange/members/membership.ts'
import { Trust } from './exchange/members/trust.ts'
import type { Exchange } from './exchange/exchange.ts'
import type { Reported } from './exchange/alarms/watch.ts'
import type { Replica } from './replica/replica.ts'
import { systemClock } from './runtime/clock.ts'
import type { Clock } from './runtime/clock.ts'
import { asStoreDamage, noteDamagedTable } from './store/salvage/table-damage.ts'
import type { DeviceKey, RecordingKey } from './types/keys.ts'

export type { DeviceEvents, DeviceOptions }

const TOLD_OF_DISK = ['attempt', 'damaged', 'salvaging', 'salvaged', 'full', 'room'] as const

export class Device extends ReadyResource<DeviceEvents> {
  readonly #options: DeviceOptions
  readonly #clock: Clock
  readonly #films: Films
  readonly #now = (): number => this.#clock.now()
  #disk: Disk | null = null
  #identity: Identity | null = null
  #locking: Locking | null = null
  #membership: Membership | null = null
  #circles: RunningCircles | null = null
  #linking: Linking | null = null

  constructor(options: DeviceOptions) {
    super()
    this.#options = options
    this.#clock = options.clock ?? systemClock()
    this.#films = new Films(this.#clock, () => this.#circles?.renewIfDue())
  }

  protected override async _open(): Promise<void> {
    try {
      await assertDevice(this.#options)
      await this.#openDisk()
      await this.#openIdentity()
      await finishLeaving(this.#leaving, (err) => this.#onTrouble(err))
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
    await this.#closeAll()
  }

  /** In reverse. */
  async #closeAll(): Promise<void> {
    await this.#linking?.close()
    await this.#circles?.close()
    await this.#identity?.forget()
    await this.#disk?.close().catch(() => {})
  }

  get key(): DeviceKey {
    return this.#keys.device
  }

  get name(): string {
    return this.#identity!.state.name
  }

  get circles(): readonly Exchange[] {
    return this.#circles?.current.all ?? []
  }

  get network(): Linking['network'] | null {
    return this.#linking?.network ?? null
  }

  get isFull(): boolean {
    return this.#disk?.isFull ?? false
  }

  /** A new circle, this device its first organiser. */
  async createCircle(name: string): Promise<Exchange> {
    this.#locking!.assertUnlocked()
    this.#circles!.assertOpen()
    return this.#membership!.found(name)
  }

  /** The circle with this id or name; the only one where nothing is given. */
  circle(wanted?: string): Exchange {
    return this.#circles!.pick(wanted)
  }

  /** A new invite; starts to admit candidates. Close the host to stop for now, `takeBack` to end it. */
  async invite(options: InviteOptions): Promise<InviteHost> {
    this.#locking!.assertUnlocked()
    return this.#membership!.invites.give(options)
  }

  /** Invites whose hosting was cut short and that are still good, newest last. */
  get openInvites(): Resumable[] {
    return this.#membership!.invites.open
  }

  async resumeInvite(open: Resumable): Promise<InviteHost> {
    this.#locking!.assertUnlocked()
    return this.#membership!.invites.resume(open)
  }

  takeBack(host: InviteHost): Promise<void> {
    return this.#membership!.invites.takeBack(host)
  }

  /** The invite this device was trying to redeem when it was last stopped, or null. */
  get pendingInvite(): Invite | null {
    return this.#membership!.joining.pending
  }

  forgetPendingInvite(): Promise<void> {
    return this.#membership!.joining.forget()
  }

  /** Redeems an invite; resolves once this device is a member and the journals have begun to arrive. */
  async join(url: string | Invite, { name, ...patience }: JoinOptions = {}): Promise<Exchange> {
    const invite = typeof url === 'string' ? decodeInvite(url) : url // before anything is changed here
    this.#locking!.assertUnlocked()
    if (name !== undefined) await this.#call(name)
    const exchange = await this.#membership!.joining.join(invite, patience)
    this.#linking?.refresh()
    return exchange
  }

  /** Gives up a circle: from the next start on this device is not in it. @returns see `beginLeaving` */
  leave(exchange: Exchange): Promise<number> {
    return beginLeaving(this.#leaving, exchange, this.circles, this.#now())
  }

  /** What changes whom a circle trusts, and with what. @throws TemoinError DEVICE_LOCKED */
  get trust(): Trust {
    this.#locking!.assertUnlocked()
    return new Trust({ self: this.key, now: this.#now })
  }

  /** What is said of films afterwards. */
  get annotations(): Annotations {
    const mayAdd = (): void => this.#locking!.assertUnlocked()
    return new Annotations({ keys: this.#keys, now: this.#now, mayAdd })
  }

  /** What `DeviceOptions.room` says is something else now: the members hear of it. */
  roomChanged(): void {
    this.#circles?.current.sayHelloToAll()
  }

  /** The app says what it knows of its phone: every circle hears of it. */
  async report(kind: Reported): Promise<void> {
    await Promise.all(this.circles.map(({ watch }) => watch.report(kind)))
  }

  /**
   * What all circles of this device are to call it from now on: in its journals, on its disk, when it resolves.
   * @returns the circles that are told; in the others it is a relay, or cut off
   * @throws TemoinError BAD_INPUT, BAD_STATE, DEVICE_LOCKED
   */
  async rename(text: string): Promise<Exchange[]> {
    const name = nameFrom(text)
    this.#locking!.assertUnlocked()
    this.#circles!.assertOpen()
    const told = await sayName(this.circles, this.key, { name, atMs: this.#now() })
    await this.#call(name)
    return told
  }

  /** In the circles that it founds or joins from now on. */
  async #call(name: string): Promise<void> {
    this.#identity!.state.name = name
    await this.#identity!.save()
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
    await this.#identity!.abandon()
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
    this.#disk = new Disk({ dir, reserveBytes })
    forward(TOLD_OF_DISK, this.#disk, this)
    await this.#disk.ready()
  }

  async #openIdentity(): Promise<void> {
    const { dir, seed } = this.#options
    this.#identity = await Identity.open(this.#options, this.#now)
    this.#locking = new Locking({
      dir,
      keptElsewhere: seed !== undefined,
      keys: this.#keys,
      onChange: (locked) => {
        this.#circles?.current.setReadable(!locked)
        this.emit('lock', locked)
      }
    })
    this.#membership = new Membership({
      memory: this.#identity.pairing,
      keys: this.#keys,
      circles: () => this.#circles!.current,
      rendezvous: () => this.network!,
      name: () => this.name,
      hasLeft: (circle) => hasLeft(dir, circle),
      now: this.#now
    })
  }

  async #openCircles(): Promise<void> {
    const circles = new RunningCircles({
      options: this.#options,
      disk: this.#disk!,
      identity: this.#identity!,
      addresses: () => this.network?.addresses() ?? [],
      mayPause: () => !this.#films.areRunning && !this.closing,
      now: this.#now
    })
    this.#circles = circles
    forward(TOLD_OF_CIRCLES, circles, this)
    circles.on('members', () => this.#linking?.refresh())
    circles.on('renewed', () => this.#linking?.renew())
    circles.on('trouble', (err) => this.#onTrouble(err))
    await circles.ready()
  }

  async #openNetwork(): Promise<void> {
    this.#linking = new Linking({
      options: this.#options,
      identity: this.#identity!,
      circles: () => this.#circles!.current,
      now: this.#now
    })
    const { network } = this.#linking
    network.on('misuse', (misuse) => this.emit('misuse', misuse))
    network.on('trouble', (err) => this.#onTrouble(err))
    await this.#linking.ready()
  }

  #onTrouble(err: unknown): void {
    if (systemCode(err) === 'ENOSPC') this.#disk?.failed()
    void noteDamagedTable(err)
    this.emit('trouble', err)
  }

  get #leaving(): Leaving {
    return { dir: this.#options.dir, store: this.#disk!.store, identity: this.#identity! }
  }

  get #keys(): DeviceKeys {
    return this.#identity!.keys
  }
}
