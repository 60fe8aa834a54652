// All that serves the screens while a device is open: what is shown of it, and what runs for them. Made when
// it has opened, closed before it is.

import b4a from 'b4a'
import { canFilm } from '../../circle/roster.ts'
import type { Device } from '../../device.ts'
import { TemoinError } from '../../errors.ts'
import type { Exchange } from '../../exchange/exchange.ts'
import { freeBytesOf } from '../../runtime/fs.ts'
import { FilmRuns } from './film-runs.ts'
import { Gather } from './gather.ts'
import { ExportRuns } from './runs/export-runs.ts'
import { InviteRuns } from './runs/invite-runs.ts'
import { JoinRun } from './runs/join-run.ts'
import type { StateStore } from './state-store.ts'
import { CircleViews } from './views/circle-views.ts'
import { RecordingViews } from './views/recording-views.ts'

const DISK_MS = 5000
const CHANGED_MS = 50

export interface OpenOptions {
  device: Device
  dir: string
  exportsDir: string
  store: StateStore
  onLock: (locked: boolean) => void
  now: () => number
}

export class Open {
  readonly device: Device
  readonly films: FilmRuns
  readonly invites: InviteRuns
  readonly join: JoinRun
  readonly exports: ExportRuns
  readonly circles: CircleViews
  readonly recordings: RecordingViews
  readonly #options: OpenOptions
  readonly #disk = new Gather(() => void this.#tellDisk(), CHANGED_MS)
  readonly #timer: Timer

  constructor(options: OpenOptions) {
    const { device, store, exportsDir, now } = options
    this.#options = options
    this.device = device
    this.films = new FilmRuns({ device, store, onChange: () => this.recordings.refresh() })
    this.recordings = new RecordingViews({
      device,
      store,
      filmingOf: (recording) => this.films.filmingOf(recording),
      onRead: () => this.circles.refresh()
    })
    this.circles = new CircleViews({ device, store, mine: () => this.recordings.mine, now })
    this.invites = new InviteRuns({ device, store, now })
    this.join = new JoinRun({ device, store, onJoined: () => this.circles.showNow() })
    this.exports = new ExportRuns({ device, store, dir: exportsDir })
    this.#timer = setInterval(() => this.#disk.ask(), DISK_MS)
    device.on('lock', this.#onLock)
    device.on('full', this.#onDisk)
    device.on('room', this.#onDisk)
    this.recordings.start()
    this.circles.start()
    this.#disk.ask()
  }

  close(): void {
    const { device } = this
    device.off('lock', this.#onLock)
    device.off('full', this.#onDisk)
    device.off('room', this.#onDisk)
    clearInterval(this.#timer)
    this.#disk.stop()
    this.join.close()
    this.films.close()
    this.circles.stop()
    this.recordings.stop()
  }

  /** @throws TemoinError CIRCLE_UNKNOWN */
  circle(id: Uint8Array): Exchange {
    const found = this.device.circles.find(({ circle }) => b4a.equals(circle.id, id))
    if (found !== undefined) return found
    throw new TemoinError('CIRCLE_UNKNOWN', 'This device is in no such circle')
  }

  /**
   * The one named; else the only one; else one that is made now, without a name. Where this device was cut
   * off it can do nothing: it films on, for itself.
   */
  async circleFor(id: Uint8Array | null): Promise<Exchange> {
    if (id !== null) return this.circle(id)
    const mine = this.#mine
    if (mine.length === 1) return mine[0]!
    return mine.length > 1 ? this.device.circle() : this.#newCircle()
  }

  /**
   * As `circleFor`, but for one thing: no page of a locked device knows which circles there are, so of several
   * the one of which most are online takes the film.
   */
  async circleToFilmIn(id: Uint8Array | null): Promise<Exchange> {
    const able = this.device.isLocked ? this.#mine.filter((one) => this.#mayFilmIn(one)) : []
    if (id !== null || able.length === 0) return this.circleFor(id)
    return able.reduce((best, one) => (one.peers.length > best.peers.length ? one : best))
  }

  /** While it is locked no circle can be made: what it films then needs one that is there before. */
  async prepareToLock(): Promise<void> {
    if (this.#mine.length === 0) await this.#newCircle()
  }

  get #mine(): Exchange[] {
    return this.device.circles.filter((exchange) => !this.#isOut(exchange))
  }

  async #newCircle(): Promise<Exchange> {
    const made = await this.device.createCircle('')
    this.circles.showNow()
    return made
  }

  #mayFilmIn({ circle }: Exchange): boolean {
    const self = circle.roster.find(this.device.key)
    return self === null || canFilm(self.role)
  }

  #isOut({ circle }: Exchange): boolean {
    const self = circle.roster.find(this.device.key)
    return self !== null && self.state !== 'active'
  }

  readonly #onLock = (locked: boolean): void => {
    this.#options.onLock(locked)
    this.recordings.refresh()
  }

  readonly #onDisk = (): void => this.#disk.ask()

  async #tellDisk(): Promise<void> {
    const { device, store, dir } = this.#options
    const held = await Promise.all(device.circles.map((exchange) => exchange.heldBytes())).catch(
      () => null
    )
    if (held === null) return // it is being closed
    const heldBytes = held.reduce((sum, bytes) => sum + bytes, 0)
    store.set('disk', { full: device.isFull, heldBytes, roomBytes: await freeBytesOf(dir) })
  }
}
