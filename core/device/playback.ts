// Plays one recording, entry by entry, as far as it is here and on as it arrives: for the command line and
// the screens alike. Asked for one at a time, so that whoever reads slowly is waited for.
// Must never: give an entry twice, or out of order.

import type Hypercore from 'hypercore'
import type { Entry } from '../encoding/recording/entry.ts'
import { TemoinError } from '../errors.ts'
import type { RecordingReader } from '../recording/reader.ts'
import type { Replica } from '../replica/replica.ts'

/** What came is looked for again after so long, whatever was heard of it. */
const LOOK_MS = 1000

/** Checkpoints, notes and seals are smaller; media as a rule is not. */
const SMALL_BYTES = 4096

export type Played =
  | { kind: 'entry'; index: number; entry: Entry }
  /** It does not open: what follows plays without it. */
  | { kind: 'closed'; index: number }
  /** All that is here has been given; the next one waits. */
  | { kind: 'edge'; index: number }

export class Playback {
  readonly #replica: Replica
  #core: Hypercore | null = null
  #reader: RecordingReader | null = null
  #stopped = false
  #wake = (): void => {}

  constructor(replica: Replica) {
    this.#replica = replica
  }

  /** @throws TemoinError NOT_READABLE; BAD_STATE where no block is here yet */
  async open(): Promise<void> {
    const replica = this.#replica
    if (replica.length === 0) throw nothingHere()
    await replica.look()
    if (replica.reader === null) throw unreadable()
    this.#reader = replica.reader
    this.#core = (await replica.wake()).session()
    replica.on('grow', this.#onNews)
    replica.on('sealed', this.#onNews)
  }

  async close(): Promise<void> {
    this.stop()
    this.#replica.off('grow', this.#onNews)
    this.#replica.off('sealed', this.#onNews)
    await this.#core?.close()
  }

  /** Whatever waits, waits no longer, and nothing more is given. */
  stop(): void {
    this.#stopped = true
    this.#wake()
  }

  get init(): Uint8Array {
    return this.#reader!.private.init
  }

  get mime(): string {
    return this.#reader!.private.mime
  }

  get preEventMs(): number {
    return this.#reader!.private.preEventMs
  }

  /** What stands in that block where it is no media: of media, which is large, only its place is looked at. */
  async aside(index: number): Promise<Entry | null> {
    const block = await this.#core!.get(index, { wait: false })
    if (block === null) return null
    try {
      if (block.byteLength > SMALL_BYTES && this.#reader!.span(index, block) !== null) return null
      return this.#reader!.entry(index, block)
    } catch {
      return null
    }
  }

  /** The fragment to begin with: the last one at or before that moment that a player can start at. */
  async startAt(seconds: number): Promise<number> {
    if (seconds <= 0) return 1
    const { timeline, length } = this.#replica
    let index = Math.min(timeline.indexAt(seconds), length - 1)
    while (index > 1 && !isStart(await this.entry(index))) index--
    return Math.max(1, index)
  }

  /** From that block on, until the recording ends or `stop`. */
  async *from(first: number): AsyncGenerator<Played> {
    for (let index = first; !this.#stopped && !this.#isOver(index);) {
      if (index < this.#replica.length) yield await this.#played(index++)
      else {
        yield { kind: 'edge', index }
        await this.#more(index)
      }
    }
  }

  /** Null where it is not here, or does not open. */
  async entry(index: number): Promise<Entry | null> {
    const block = await this.#core!.get(index, { wait: false })
    if (block === null) return null
    try {
      return this.#reader!.entry(index, block)
    } catch {
      return null
    }
  }

  async #played(index: number): Promise<Played> {
    const entry = await this.entry(index)
    return entry === null ? { kind: 'closed', index } : { kind: 'entry', index, entry }
  }

  #isOver(index: number): boolean {
    const { end, over, length } = this.#replica
    return end === null ? over && index >= length : index >= end
  }

  async #more(index: number): Promise<void> {
    while (!this.#stopped && index >= this.#replica.length && !this.#isOver(index)) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, LOOK_MS)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  readonly #onNews = (): void => this.#wake()
}

export function isStart(entry: Entry | null): boolean {
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
