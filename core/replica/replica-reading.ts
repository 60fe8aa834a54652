// Reads a replica's blocks as they arrive, where this device has a key for them, to know how much
// media they hold and whether the seal is among them. A block that does not open counts as no media.
// Must never: keep decrypted media.

import type { Entry } from '../encoding/recording/entry.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { RecordingReader } from '../recording/reader.ts'
import type { Timeline } from '../recording/timeline.ts'
import type { RecordingKey } from '../types/keys.ts'

/** Checkpoints, notes and seals are smaller; media as a rule is not. */
const SMALL_BYTES = 4096

/** A core, open or not. */
interface Blocks {
  /** Blocks held without a hole. */
  readonly contiguousLength: number
  /** Null where it is not here. */
  get: (index: number, options: { wait: false }) => Promise<Uint8Array | null>
}

export interface ReplicaReadingOptions {
  key: RecordingKey
  keys: DeviceKeys
  timeline: Timeline
  /** Keys of it that members have wrapped for this device since, true ones or not. */
  granted: () => readonly Uint8Array[]
  /** A block that is still in memory, or null: spares reading it back. */
  recall: (index: number) => Uint8Array | null
  /** After each block that was looked at; null where it was media, or did not open. */
  onEntry: (entry: Entry | null) => void
  /** No wrapped key is for this device: it will not look further. */
  onClosed: () => void
  onError: (err: unknown) => void
}

export class ReplicaReading {
  reader: RecordingReader | null = null
  readonly #options: ReplicaReadingOptions
  #core: Blocks | null = null
  #running: Promise<void> | null = null
  /** No wrapped key in block 0 is for this device. */
  closedToUs = false

  constructor(options: ReplicaReadingOptions) {
    this.#options = options
  }

  /** Reads on from where it was, up to what `core` holds without a hole. */
  follow(core: Blocks): void {
    this.#core = core
    if (this.#running !== null || !this.#hasMore()) return
    const before = this.#options.timeline.length
    this.#running = this.#run()
      .catch(this.#options.onError)
      .finally(() => {
        this.#running = null
        // a block that cannot be read now is tried again when the next one arrives, not in a loop
        const moved = this.#options.timeline.length > before
        if (moved && this.#core) this.follow(this.#core)
      })
  }

  /** True where nothing more can be read of so many blocks. */
  isDone(length: number): boolean {
    if (this.closedToUs || length === 0) return true
    return this.reader !== null && this.#options.timeline.length >= length
  }

  /** Resolves once everything that is here has been read. */
  async settled(): Promise<void> {
    while (this.#running !== null) await this.#running
  }

  async stop(): Promise<void> {
    this.#core = null
    await this.#running
  }

  wipe(): void {
    this.reader?.wipe()
  }

  /** Lets go of what opens it: the device was locked. How much media there is stays known. */
  forget(): void {
    this.reader?.wipe()
    this.reader = null
    this.closedToUs = true
  }

  /** Looks for the key again: the device was unlocked. */
  recall(core: Blocks | null): void {
    this.closedToUs = false
    if (core !== null) this.follow(core)
  }

  #hasMore(): boolean {
    const core = this.#core
    if (core === null || this.closedToUs) return false
    if (this.reader === null) return core.contiguousLength > 0
    return this.#options.timeline.length < core.contiguousLength
  }

  async #run(): Promise<void> {
    const { timeline, recall, onEntry } = this.#options
    if (this.reader === null) await this.#findReader()
    while (this.reader !== null && this.#hasMore()) {
      const index = timeline.length
      const block = recall(index) ?? (await this.#core!.get(index, { wait: false }))
      if (block === null || this.#core === null || this.reader === null) return
      onEntry(this.#look(index, block))
    }
  }

  async #findReader(): Promise<void> {
    const { key, keys, granted } = this.#options
    const block0 = await this.#core!.get(0, { wait: false })
    if (block0 === null) return
    try {
      this.reader = RecordingReader.find(key, block0, (sealed) => keys.unwrap(sealed), granted())
    } catch {
      // block 0 is not what it should be: it is held as it is, and the verdict will name it
    }
    this.closedToUs = this.reader === null
    if (this.closedToUs) this.#options.onClosed()
  }

  /** Of media it is enough to know where in time it stands. */
  #look(index: number, block: Uint8Array): Entry | null {
    const { timeline } = this.#options
    try {
      const span = block.byteLength > SMALL_BYTES ? this.reader!.span(index, block) : null
      if (span !== null) {
        timeline.addSpan(span)
        return null
      }
      const entry = this.reader!.entry(index, block)
      timeline.add(entry)
      return entry
    } catch {
      timeline.skip()
      return null
    }
  }
}
