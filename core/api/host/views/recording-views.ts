// Keeps the films in the state: which recordings are parts of one, and each as it is now. What costs reading
// (seconds, holders) is gathered for the newest, for what is live, and for what somebody asked for.
// Must never: open thousands of recordings because a screen came.

import b4a from 'b4a'
import z32 from 'z32'
import type { Device } from '../../../device.ts'
import { filmsOf } from '../../../device/facts/film-parts.ts'
import { lookAt } from '../../../device/facts/recordings.ts'
import type { JournalLine } from '../../../circle/roster.ts'
import { hex } from '../../../encoding/hex.ts'
import type { Exchange } from '../../../exchange/exchange.ts'
import type { Replica } from '../../../replica/replica.ts'
import type { RecordingKey } from '../../../types/keys.ts'
import { Gather } from '../gather.ts'
import type { StateStore } from '../state-store.ts'
import { recordingState } from './recording-view.ts'

/** Read without being asked: what fits on a few screens. */
const READ_NEWEST = 48
const CHANGED_MS = 100
const REGROUP_MS = 150
/** What is live is looked at so often without any news: it may have fallen silent. */
const LIVE_MS = 2000

export interface FilmGroup {
  exchange: Exchange
  parts: Replica[]
}

export interface RecordingViewsOptions {
  device: Device
  store: StateStore
  /** The run that films this now, or null. */
  filmingOf: (recording: RecordingKey) => string | null
  /** Something about this device's own films may be known now. */
  onRead: () => void
}

export class RecordingViews {
  readonly #options: RecordingViewsOptions
  readonly #groups = new Map<string, FilmGroup>()
  /** Every part, and the film it is of. */
  readonly #filmOf = new Map<string, string>()
  readonly #wanted = new Set<string>()
  /** How many blocks there were of each that was read. */
  readonly #read = new Map<string, number>()
  readonly #changed = new Set<string>()
  readonly #regroup = new Gather(() => this.#group(), REGROUP_MS)
  readonly #show = new Gather(() => this.#showChanged(), CHANGED_MS)
  #timer: Timer | null = null

  constructor(options: RecordingViewsOptions) {
    this.#options = options
  }

  start(): void {
    const { device } = this.#options
    device.on('known', this.#onNew)
    device.on('recording', this.#onNew)
    device.on('sealed', this.#onNew)
    device.on('progress', this.#onProgress)
    device.on('presence', this.#onPresence)
    device.on('line', this.#onLine)
    this.#timer = setInterval(() => this.#refreshLive(), LIVE_MS)
    this.#group()
  }

  stop(): void {
    const { device } = this.#options
    device.off('known', this.#onNew)
    device.off('recording', this.#onNew)
    device.off('sealed', this.#onNew)
    device.off('progress', this.#onProgress)
    device.off('presence', this.#onPresence)
    device.off('line', this.#onLine)
    clearInterval(this.#timer)
    this.#regroup.stop()
    this.#show.stop()
  }

  /** Groups, reads and shows everything anew: a run began or ended, the device was locked. */
  refresh(): void {
    this.#read.clear()
    this.#regroup.ask()
  }

  /** The film that this recording is a part of, or null. */
  groupOf(recording: RecordingKey): FilmGroup | null {
    const id = hex(recording)
    const { circles } = this.#options.device
    const isNew = !this.#filmOf.has(id) && circles.some((circle) => circle.replica(recording))
    if (isNew) this.#group() // announced a moment ago
    return this.#groups.get(this.#filmOf.get(id) ?? '') ?? null
  }

  /** This device's own recordings that have been read. */
  get mine(): Replica[] {
    const { device } = this.#options
    return [...this.#groups.values()]
      .filter(({ parts }) => b4a.equals(parts[0]!.announced.author, device.key))
      .flatMap(({ parts }) => parts)
      .filter((part) => this.#read.has(hex(part.key)))
  }

  /** Reads these films as far as this device can; they are in the state then. */
  async read(recordings: readonly RecordingKey[]): Promise<void> {
    for (const key of recordings) {
      const film = this.#filmOf.get(hex(key))
      if (film !== undefined) this.#wanted.add(film)
    }
    await this.#readWanted()
  }

  #group(): void {
    const { device, store } = this.#options
    const before = new Set(this.#groups.keys())
    this.#groups.clear()
    this.#filmOf.clear()
    for (const exchange of device.circles) {
      const apart = exchange.apart.filter(({ length }) => length > 0)
      for (const parts of filmsOf([...exchange.replicas, ...apart])) this.#add({ exchange, parts })
    }
    for (const film of before) {
      if (!this.#groups.has(film)) store.put('recordings', textOf(film), null)
    }
    this.#wantNewest()
    for (const film of this.#groups.keys()) this.#changed.add(film)
    this.#showChanged()
  }

  #add(group: FilmGroup): void {
    const film = hex(group.parts[0]!.key)
    this.#groups.set(film, group)
    for (const { key } of group.parts) this.#filmOf.set(hex(key), film)
  }

  #wantNewest(): void {
    const startOf = (film: string): number =>
      this.#groups.get(film)!.parts[0]!.announced.startedAtMs
    const films = [...this.#groups.keys()].sort((a, b) => startOf(b) - startOf(a))
    for (const film of films.slice(0, READ_NEWEST)) this.#wanted.add(film)
  }

  async #readWanted(): Promise<void> {
    const films = [...this.#wanted].filter((film) => this.#groups.has(film))
    const parts = films.flatMap((film) => this.#groups.get(film)!.parts)
    const unread = parts.filter((part) => this.#isUnread(part))
    if (unread.length === 0) return
    await lookAt(unread).catch(() => {}) // a store that is being closed, or damaged: said elsewhere
    for (const { key, length } of unread) {
      this.#read.set(hex(key), length)
      this.#note(key)
    }
    this.#options.onRead()
  }

  /** Also where it was looked at before its first block was here. */
  #isUnread(part: Replica): boolean {
    const length = this.#read.get(hex(part.key))
    if (length === undefined) return true
    return part.length !== length && part.reader === null && !part.isClosedToUs
  }

  #note(key: RecordingKey): void {
    const film = this.#filmOf.get(hex(key))
    if (film === undefined) return this.#regroup.ask()
    this.#changed.add(film)
    this.#show.ask()
  }

  #showChanged(): void {
    const films = [...this.#changed]
    this.#changed.clear()
    for (const film of films) this.#put(film)
    void this.#readWanted()
  }

  #put(film: string): void {
    const { device, store, filmingOf } = this.#options
    const group = this.#groups.get(film)
    if (group === undefined) return
    const last = group.parts.at(-1)!
    const read = group.parts.every(({ key }) => this.#read.has(hex(key)))
    const goesOnIn = this.#after(last, group.exchange)
    const filming = filmingOf(last.key)
    const state = recordingState({ device, ...group, read, filming, goesOnIn })
    store.put('recordings', state.recording, state)
  }

  /** What its author filmed next after this was cut off. */
  #after(last: Replica, { replicas }: Exchange): Replica | null {
    if (last.endReason === 'rotated') return null
    const isNext = ({ announced }: Replica): boolean =>
      announced.previous !== null && b4a.equals(announced.previous, last.key)
    return replicas.find(isNext) ?? null
  }

  #refreshLive(): void {
    const { recordings } = this.#options.store.current
    for (const [film, { parts }] of this.#groups) {
      if (recordings[textOf(film)]?.phase === 'live') this.#note(parts[0]!.key)
    }
  }

  readonly #onNew = (): void => this.#regroup.ask()

  readonly #onProgress = (replica: Replica): void => this.#note(replica.key)

  readonly #onLine = ({ entry }: JournalLine): void => {
    if (entry.kind !== 'annotated' || !this.#filmOf.has(hex(entry.body.recording))) return
    this.#note(entry.body.recording)
  }

  readonly #onPresence = (): void => {
    for (const film of this.#wanted) this.#changed.add(film)
    this.#show.ask()
  }
}

/** The key of a map here as the state has it. */
function textOf(film: string): string {
  return z32.encode(b4a.from(film, 'hex'))
}
