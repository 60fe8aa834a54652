// One recording while it is being filmed: its writer and its replica, in step. A film has one part
// after another; each has its own signing key, gone at its seal.
// Must never: let a block leave before the announcement is on this device's disk.

import type { Checkpoint, Entry, SealReason } from '../encoding/recording/entry.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { CHECKPOINT_EVERY_MS, MAX_FRAGMENT_BYTES } from '../limits.ts'
import type { MediaDescription, MediaFragment } from '../media/types.ts'
import { RecordingWriter } from '../recording/writer.ts'
import type { SignedBlock } from '../recording/writer.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Replica } from '../replica/replica.ts'
import type { Clock } from '../runtime/clock.ts'
import type { BoxKey, RecordingKey } from '../types/keys.ts'

/** What stands in a film beside its media, and is said when it happens. */
export type Aside = Extract<Entry, { kind: 'status' | 'note' | 'tag' | 'gap' }>

export type Surroundings = Pick<Checkpoint, 'place' | 'batteryPercent'>

const NOTHING_SAID: Surroundings = { place: null, batteryPercent: null }

export interface PartOptions {
  exchange: Exchange
  keys: DeviceKeys
  clock: Clock
  readers: BoxKey[]
  description: MediaDescription
  init: Uint8Array
  previous: RecordingKey | null
  build: string
  /** Members the film is uploaded to; the others have it from them. @default FIRST_HOPS */
  firstHops?: number | undefined
  /** Media held in memory before the start was pressed, ms. @default 0 */
  preEventMs?: number | undefined
  /** @default nothing is said */
  surroundings?: () => Surroundings
}

export class Part {
  readonly replica: Replica
  readonly #startedMs: number
  readonly #writer: RecordingWriter
  readonly #options: PartOptions
  #lastCheckpointUs: number | null = null
  #pending: Promise<void> = Promise.resolve()
  /** Blocks on their way to our own disk. */
  waiting = 0
  /** What our own disk said when it refused a block, or null: nothing from there on is on it. */
  failure: unknown = null

  private constructor(options: PartOptions, writer: RecordingWriter, replica: Replica) {
    this.#options = options
    this.#writer = writer
    this.replica = replica
    this.#startedMs = options.clock.monotonicMs()
  }

  static async start(options: PartOptions): Promise<Part> {
    const { exchange, keys, clock, readers, description, init, previous, build } = options
    const { firstHops, preEventMs = 0 } = options
    const { circle } = exchange
    const writer = new RecordingWriter({
      keys,
      circle: circle.id,
      tagKey: circle.epochs.tagKey,
      readers,
      mime: description.mime,
      init,
      startedAtMs: clock.now(),
      previous,
      build,
      preEventMs
    })
    try {
      const replica = await exchange.film(announcementOf(writer, keys))
      await circle.say({ kind: 'recording-announced', body: bodyOf(writer) })
      exchange.tellFilm(replica, bodyOf(writer), firstHops)
      const part = new Part(options, writer, replica)
      part.#publish(writer.header())
      return part
    } catch (err) {
      writer.wipe()
      throw err
    }
  }

  /** Who can open it. */
  get readers(): BoxKey[] {
    return this.#options.readers
  }

  /** How long it has been filmed, ms, whatever the clock was set to meanwhile. */
  get ageMs(): number {
    return this.#options.clock.monotonicMs() - this.#startedMs
  }

  /** Adds a fragment, cut in pieces where it is larger than a block, and a checkpoint when one is due. */
  fragment(fragment: MediaFragment): void {
    const add = (): void => {
      this.#addPieces(fragment)
      this.#checkpointAt(fragment.ptsUs + fragment.durationUs)
    }
    if (fragment.data.byteLength <= MAX_FRAGMENT_BYTES) this.replica.upstream.together(add)
    else add()
  }

  add(entry: Entry): void {
    this.#publish(this.#writer.add(entry), entry)
  }

  /** Seals, waits for our own disk, and tells the circle. The secrets are gone before this waits. */
  async seal(reason: SealReason): Promise<void> {
    const { clock, exchange } = this.#options
    const endedAtMs = clock.now()
    const block = this.#writer.seal(reason, endedAtMs)
    this.#publish(block)
    const { length } = this.#writer
    this.replica.endsAt(length)
    await this.written()
    const treeHash = this.#writer.treeHash()
    const body = { recording: this.#writer.key, length, treeHash, endedAtMs, reason }
    await exchange.circle.say({ kind: 'recording-sealed', body })
  }

  /** Resolves when our own disk has taken everything so far. @throws what the disk said */
  written(): Promise<void> {
    return this.#pending
  }

  /** Destroys the secrets without a seal. */
  abandon(): void {
    this.#writer.wipe()
  }

  #addPieces({ data, ptsUs, durationUs, key }: MediaFragment): void {
    for (let start = 0; start === 0 || start < data.byteLength; start += MAX_FRAGMENT_BYTES) {
      const piece = data.subarray(start, start + MAX_FRAGMENT_BYTES)
      const continued = start > 0
      this.add({
        kind: 'fragment',
        body: { ptsUs, durationUs, key: key && !continued, continued, data: piece }
      })
    }
  }

  #checkpointAt(endUs: number): void {
    this.#lastCheckpointUs ??= endUs
    if (endUs - this.#lastCheckpointUs < CHECKPOINT_EVERY_MS * 1000) return
    this.#lastCheckpointUs = endUs
    const { clock, surroundings } = this.#options
    const now = { wallMs: clock.now(), monotonicMs: clock.monotonicMs() }
    const block = this.#writer.checkpoint({ ...now, ...(surroundings?.() ?? NOTHING_SAID) })
    this.#publish(block)
  }

  #publish(block: SignedBlock, entry?: Entry): void {
    if (block.index > 0) this.#observe(entry)
    this.waiting++
    this.#pending = this.replica.publish(block) // fails where one before it has failed
    this.#pending.then(
      () => this.waiting--,
      (err: unknown) => {
        this.waiting--
        this.failure ??= err
      }
    )
  }

  #observe(entry: Entry | undefined): void {
    if (entry) this.replica.observe(entry)
    else this.replica.timeline.skip()
  }
}

function announcementOf(writer: RecordingWriter, keys: DeviceKeys) {
  const { key, signer, startedAtMs, previous } = writer
  return { recording: key, signer, author: keys.device, startedAtMs, previous }
}

function bodyOf({ key, signer, startedAtMs, previous, attestation }: RecordingWriter) {
  return { recording: key, signer, startedAtMs, previous, attestation }
}
