// Plays one recording to stdout, block by block, as far as it is here and on as it arrives.
// Must never: let a player see a fragment twice, or out of order.

import type Hypercore from 'hypercore'
import { TemoinError } from '../../core/errors.ts'
import type { Entry } from '../../core/encoding/recording/entry.ts'
import type { RecordingReader } from '../../core/recording/reader.ts'
import type { Replica } from '../../core/replica/replica.ts'
import type { RecordingFacts } from '../facts/recordings.ts'
import type { Output } from '../output/output.ts'
import type { Stop } from '../stop.ts'
import { timeText } from '../output/units.ts'

/** Block 0 is looked at for a key of ours as soon as it is here. */
const FIRST_LOOK_MS = 2000

export interface PlayerOptions {
  facts: RecordingFacts
  out: Output
  stop: Stop
}

export class Player {
  readonly #replica: Replica
  readonly #out: Output
  readonly #stop: Stop
  #reader: RecordingReader | null = null

  constructor({ facts, out, stop }: PlayerOptions) {
    this.#replica = facts.replica
    this.#out = out
    this.#stop = stop
  }

  /** @throws TemoinError NOT_READABLE; BAD_STATE where no block has come in time */
  async open(waitMs: number): Promise<void> {
    const replica = this.#replica
    if (replica.length === 0) {
      await this.#stop.until(() => replica.length > 0, waitMs)
      if (replica.length === 0) throw nothingHere()
      await this.#stop.until(() => replica.reader !== null, FIRST_LOOK_MS)
    }
    await replica.look()
    if (replica.reader === null) throw unreadable()
    this.#reader = replica.reader
  }

  get init(): Uint8Array {
    return this.#reader!.private.init
  }

  /** Until the recording ends, or somebody wants to stop. */
  async play(fromSeconds: number): Promise<void> {
    const replica = this.#replica
    const core = (await replica.wake()).session()
    try {
      let index = await this.#startAt(core, fromSeconds)
      while (!this.#stop.requested && !this.#isOver(index)) {
        if (index < replica.length) await this.#show(core, index++)
        else await this.#more(index)
      }
    } finally {
      await core.close()
    }
  }

  #isOver(index: number): boolean {
    const { end, over, length } = this.#replica
    return end === null ? over && index >= length : index >= end
  }

  /** The fragment to begin with: the last one before that moment that a player can start at. */
  async #startAt(core: Hypercore, fromSeconds: number): Promise<number> {
    if (fromSeconds <= 0) return 1
    let index = Math.min(this.#replica.timeline.indexAt(fromSeconds), this.#replica.length - 1)
    while (index > 1 && !isStart(await this.#entry(core, index))) index--
    return Math.max(1, index)
  }

  async #show(core: Hypercore, index: number): Promise<void> {
    const entry = await this.#entry(core, index)
    if (entry?.kind !== 'fragment') return
    await this.#out.media(entry.body.data)
    const { timeline } = this.#replica
    this.#out.progress(`${timeText(timeline.secondsAt(index + 1))} played`)
  }

  /** Null where it does not open: the rest plays without it. */
  async #entry(core: Hypercore, index: number): Promise<Entry | null> {
    const block = await core.get(index, { wait: false })
    if (block === null) return null
    try {
      return this.#reader!.entry(index, block)
    } catch {
      this.#out.note(`Block ${index} does not open: it is left out`)
      return null
    }
  }

  async #more(index: number): Promise<void> {
    this.#out.progress(`${timeText(this.#replica.seconds ?? 0)} played; waiting for more`)
    await this.#stop.until(() => index < this.#replica.length || this.#isOver(index), 1000, 20)
  }
}

function isStart(entry: Entry | null): boolean {
  return entry?.kind === 'fragment' && entry.body.key
}

function nothingHere(): TemoinError {
  return new TemoinError(
    'BAD_STATE',
    'Nothing of this recording is here yet, and nobody who has it can be reached: try again when a holder is on'
  )
}

function unreadable(): TemoinError {
  return new TemoinError(
    'NOT_READABLE',
    'This device holds this recording but has no key that opens it: watch it on a device of a member who reads it'
  )
}
