// The engine as screens have it: a device that is opened, locked, wiped; its state; its calls. Speaks to no
// network of its own; whoever carries messages asks it.
// Must never: answer a call before what it was given has been checked.

import ReadyResource from 'ready-resource'
import type { Device } from '../../device.ts'
import { isGiven } from '../../device/facts/names.ts'
import { panic } from '../../device/taken/panic.ts'
import type { Wiped } from '../../device/taken/panic.ts'
import { TemoinError } from '../../errors.ts'
import { plain } from '../../evidence/text/plain.ts'
import { readSeedFile } from '../../identity/seed-file.ts'
import { removeTree } from '../../runtime/fs.ts'
import type { DevicePhase, Failure, State, WipedState } from '../contract.ts'
import { VERSION } from '../../version.ts'
import z32 from 'z32'
import { allCalls } from './calls/all.ts'
import type { Handlers } from './calls/handlers.ts'
import { lockedError, mayWhileLocked } from './calls/while-locked.ts'
import { failureOf } from './failure.ts'
import { Given } from './given.ts'
import { Open } from './open.ts'
import { Shutter } from './shutter.ts'
import { StateStore } from './state-store.ts'

export interface HostOptions {
  dir: string
  /**
   * Opens the device, and makes it where there is none. Throws DEVICE_LOCKED where its seed is under a
   * passphrase and none was given; a passphrase is wiped.
   */
  open: (passphrase: Uint8Array | null) => Promise<Device>
  /** Where evidence packages go. */
  exportsDir: string
  /** @default the system's */
  now?: () => number
}

export class Host extends ReadyResource {
  readonly store: StateStore
  /** Shut when the device is locked, wiped or closed. */
  readonly shutter = new Shutter()
  readonly dir: string
  readonly #options: HostOptions
  readonly #now: () => number
  readonly #handlers: Handlers
  /** Why the device could not be opened, where that was no missing passphrase; null where it was. */
  refused: unknown = null
  #open: Open | null = null
  #opening: Promise<void> | null = null

  constructor(options: HostOptions) {
    super()
    this.#options = options
    this.dir = options.dir
    this.#now = options.now ?? (() => Date.now())
    this.store = new StateStore(emptyState(this.#now()))
    this.#handlers = allCalls(this)
  }

  /** What goes wrong with the device is in the state: the screens say it. */
  protected override _open(): Promise<void> {
    return this.openWith(null).catch(() => {})
  }

  protected override async _close(): Promise<void> {
    await this.#opening?.catch(() => {})
    await this.#shut()?.device.close()
  }

  now(): number {
    return this.#now()
  }

  /** @throws TemoinError DEVICE_LOCKED, BAD_STATE where there is none (yet) */
  get current(): Open {
    if (this.#open !== null) return this.#open
    const { phase } = this.store.current.device
    if (phase === 'sealed')
      throw new TemoinError('DEVICE_LOCKED', 'This device is locked: unlock it')
    throw new TemoinError('BAD_STATE', `This device is not ready (${phase}): try again in a moment`)
  }

  /** For what tells of films, names or members. @throws TemoinError DEVICE_LOCKED, BAD_STATE */
  get unlocked(): Open {
    const open = this.current
    if (open.device.isLocked) throw lockedError()
    return open
  }

  /**
   * @throws TemoinError BAD_INPUT for a call that is none; DEVICE_LOCKED where it has to wait, or the device
   * was locked before it was answered; and whatever the call throws
   */
  async call(name: string, args: object): Promise<unknown> {
    const handler = Object.hasOwn(this.#handlers, name) ? (this.#handlers as any)[name] : null
    if (handler === null) throw new TemoinError('BAD_INPUT', 'There is no such call')
    this.#assertMay(name)
    const answer = await handler(new Given(args))
    this.#assertMay(name)
    return answer ?? {}
  }

  #assertMay(call: string): void {
    if (this.#open?.device.isLocked && !mayWhileLocked(call)) throw lockedError()
  }

  /** @throws what opening throws; it is in the state as well */
  openWith(passphrase: Uint8Array | null): Promise<void> {
    this.#opening ??= this.#openNow(passphrase).finally(() => (this.#opening = null))
    return this.#opening
  }

  /** Wipes the device, open or not: nobody is asked for a passphrase first. */
  async wipe(everything: boolean): Promise<WipedState> {
    await this.#opening?.catch(() => {})
    const open = this.#shut()
    await this.#tellNothing()
    const { notSafe, kept, unread, left } = await this.#panic(open, everything)
    await removeTree(this.#options.exportsDir) // films in the clear
    const wiped = {
      notSafe: notSafe.map(({ recording, length, safeLength }) => ({
        recording: z32.encode(recording),
        length,
        safeLength
      })),
      kept,
      unread,
      left
    }
    this.store.set('wiped', wiped)
    await this.tellDevice('wiped')
    return wiped
  }

  /** Where it cannot be done, the screens say why; nothing is open then, and it can be asked for again. */
  async #panic(open: Open | null, everything: boolean): Promise<Wiped> {
    try {
      return await (open ? open.device.panic({ everything }) : panic(this.dir, { everything }))
    } catch (err) {
      await open?.device.close().catch(() => {})
      await this.tellDevice('failed', failureOf(err))
      throw err
    }
  }

  /** What was open, for whoever closes it: nothing more is handed out of it. */
  #shut(): Open | null {
    const open = this.#open
    this.#open = null
    this.shutter.shut()
    open?.close()
    return open
  }

  /** Before it is wiped: no page has any of it from here on. */
  async #tellNothing(): Promise<void> {
    for (const slice of ['circles', 'recordings', 'filming', 'invites', 'exports'] as const) {
      for (const key of Object.keys(this.store.current[slice])) this.store.put(slice, key, null)
    }
    this.store.set('join', null)
    await this.tellDevice('opening')
  }

  /** The device as it is now, in the state. */
  async tellDevice(phase: DevicePhase = 'ready', failure: Failure | null = null): Promise<void> {
    const device = this.#open?.device ?? null
    const isProtected = await hasPassphrase(this.dir)
    this.store.set('device', {
      phase,
      failure,
      device: device && z32.encode(device.key),
      name: device === null ? '' : plain(device.name),
      named: device !== null && isGiven(device.name),
      locked: device?.isLocked ?? phase === 'sealed',
      protected: isProtected,
      version: VERSION,
      nowMs: this.#now()
    })
  }

  #onLock(locked: boolean): void {
    this.store.veil(locked)
    if (locked) this.shutter.shut()
    void this.tellDevice()
  }

  async #openNow(passphrase: Uint8Array | null): Promise<void> {
    const { open, exportsDir, dir } = this.#options
    if (this.#open !== null || this.closing) return
    try {
      const device = await open(passphrase)
      this.#open = new Open({
        ...{ device, dir, exportsDir, store: this.store, now: this.#now },
        onLock: (locked) => this.#onLock(locked)
      })
      this.store.veil(device.isLocked)
      this.refused = null
      await this.tellDevice()
    } catch (err) {
      const isLocked =
        TemoinError.is(err, 'DEVICE_LOCKED') || TemoinError.is(err, 'PASSPHRASE_WRONG')
      this.refused = isLocked ? null : err
      await this.tellDevice(isLocked ? 'sealed' : 'failed', isLocked ? null : failureOf(err))
      throw err
    }
  }
}

async function hasPassphrase(dir: string): Promise<boolean> {
  try {
    return (await readSeedFile(dir)).kind === 'locked'
  } catch {
    return false // damaged or wiped: whoever opens it says so
  }
}

function emptyState(nowMs: number): State {
  return {
    device: {
      ...{ phase: 'opening', failure: null, device: null, name: '', named: false, locked: false },
      ...{ protected: false, version: VERSION, nowMs }
    },
    disk: { full: false, heldBytes: 0, roomBytes: null },
    join: null,
    wiped: null,
    ...{ circles: {}, recordings: {}, filming: {}, invites: {}, exports: {} }
  }
}
