// The circles of this device as they run on its disk: opened with it, and both anew where a full disk asks
// for it. What of them is safe with others is remembered meanwhile.
// Must never: open anew while a film runs; what our own disk has missed still leaves for the holders, from
// memory.

import ReadyResource from 'ready-resource'
import type { Address } from '../encoding/address.ts'
import { TemoinError } from '../errors.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { Circles } from '../exchange/members/circles.ts'
import type { CirclesEvents } from '../exchange/members/circles.ts'
import type { Disk } from './disk.ts'
import { forward } from './forward.ts'
import type { Identity } from './identity.ts'
import type { DeviceOptions } from './options.ts'
import { removeSafeList } from '../store/files/safe-file.ts'
import { SafeKeeper } from './taken/safe-keeper.ts'
import type { RecordingKey } from '../types/keys.ts'

/** Between two tries to open them anew. */
const AGAIN_AFTER_MS = 2000

/** What anybody is told of a circle. */
export const TOLD_OF_CIRCLES = [
  ...(['known', 'recording', 'progress', 'sealed', 'signed'] as const),
  ...(['presence', 'line', 'alarm'] as const)
] as const

export interface RunningCirclesEvents extends CirclesEvents {
  /** They are others now, on no link yet. */
  renewed: []
}

export interface RunningCirclesOptions {
  options: DeviceOptions
  disk: Disk
  identity: Identity
  /** Where this device is reached. */
  addresses: () => Address[]
  /** False where nothing can be closed for a moment now. */
  mayPause: () => boolean
  now: () => number
}

export class RunningCircles extends ReadyResource<RunningCirclesEvents> {
  readonly #options: RunningCirclesOptions
  readonly #safe: SafeKeeper | null
  #circles: Circles
  #isOpen = false
  #isRenewalDue = false
  #renewing: Promise<void> | null = null
  #again: Timer | null = null

  constructor(options: RunningCirclesOptions) {
    super()
    const { disk, identity } = options
    const { dir, safeList = true } = options.options
    const self = identity.keys.device
    this.#options = options
    const exchanges = (): readonly Exchange[] => this.#circles.all
    this.#safe = safeList ? new SafeKeeper({ dir, self, exchanges }) : null
    this.#circles = this.#make()
    disk.on('full', () => this.#circles.sayHelloToAll())
    disk.on('room', ({ failed }) => this.#onRoom(failed))
  }

  /** Other ones after a full disk. */
  get current(): Circles {
    return this.#circles
  }

  /** The circle with this id or name. @throws TemoinError BAD_STATE while they are opened anew */
  pick(wanted?: string): Exchange {
    this.assertOpen()
    return this.#circles.pick(wanted)
  }

  /** A recording in whatever circle it is. @throws TemoinError BAD_STATE while they are opened anew */
  find(key: RecordingKey): ReturnType<Circles['find']> {
    this.assertOpen()
    return this.#circles.find(key)
  }

  /** What there is counts only when they are open. @throws TemoinError BAD_STATE while they are opened anew */
  assertOpen(): void {
    if (!this.#isOpen && !this.closing) throw reopening()
  }

  /** Opens them anew where that is due and nothing speaks against it. */
  renewIfDue(): void {
    if (!this.#isRenewalDue || this.#renewing !== null) return
    if (this.closing || !this.#options.mayPause()) return
    this.#isRenewalDue = false
    this.#renewing = this.#renew()
      .catch((err) => this.#tryAgain(err))
      .finally(() => (this.#renewing = null))
  }

  protected override async _open(): Promise<void> {
    try {
      await this.#begin()
    } catch (err) {
      await this.#end()
      throw err
    }
  }

  protected override async _close(): Promise<void> {
    clearTimeout(this.#again)
    await this.#renewing
    clearTimeout(this.#again)
    await this.#end()
  }

  async #begin(): Promise<void> {
    await this.#circles.ready()
    this.#isOpen = true
    if (this.#safe !== null) this.#safe.begin()
    else await removeSafeList(this.#options.options.dir) // of another program: it would grow old
    await this.#options.disk.store.loss.told()
  }

  async #end(): Promise<void> {
    await this.#safe?.close()
    await this.#circles.close()
  }

  async #renew(): Promise<void> {
    this.#isOpen = false
    await this.#circles.close()
    await this.#options.disk.reopen()
    if (this.closing) return
    this.#circles = this.#make()
    await this.#begin()
    this.emit('renewed')
  }

  /** Until it opens there is no circle here, and nobody else would notice that it could. */
  #tryAgain(err: unknown): void {
    this.#isRenewalDue = true
    this.#again = setTimeout(() => this.renewIfDue(), AGAIN_AFTER_MS)
    this.emit('trouble', err)
  }

  #make(): Circles {
    const { options, disk, identity, addresses, now } = this.#options
    const circles = new Circles({
      store: disk.store,
      keys: identity.keys,
      states: identity.state.circles,
      save: () => identity.save(),
      addresses,
      isFull: () => disk.isFull,
      room: options.room,
      now
    })
    forward([...TOLD_OF_CIRCLES, 'members', 'trouble'], circles, this)
    this.#safe?.watch(circles)
    return circles
  }

  #onRoom(failed: boolean): void {
    this.#isRenewalDue ||= failed
    void this.#options.identity.save().catch(() => {}) // what was learnt while there was no room
    if (!failed) this.#circles.sayHelloToAll()
    this.renewIfDue()
  }
}

/** What is asked of circles that a full disk has closed, until they are open again. */
export function reopening(): TemoinError {
  return new TemoinError(
    'BAD_STATE',
    'The disk of this device was full, and its store is just being opened again: try again in a moment'
  )
}
