// Who acknowledged how much of what, as the author learnt it: the promise that a crash is held to. Fed
// from the receipts of an author in this process, or from the lines `temoin record` prints.

import type { CliEvent } from '../cli/cli.ts'
import type { HeldRecording } from './audit.ts'

/** One holder's word that it has the first `length` blocks of a recording. Keys are z32 text. */
export interface Acknowledgement {
  holder: string
  recording: string
  length: number
}

export class Acknowledged {
  readonly #byHolder = new Map<string, Map<string, number>>()

  note({ holder, recording, length }: Acknowledgement): void {
    const lengths = this.#byHolder.get(holder) ?? new Map<string, number>()
    this.#byHolder.set(holder, lengths)
    lengths.set(recording, Math.max(lengths.get(recording) ?? 0, length))
  }

  /** Everything a `record` has printed so far; a line names its recording, or the last one started. */
  noteEvents(events: CliEvent[]): void {
    let current = ''
    for (const { event, recording, holders } of events) {
      if (event === 'started') current = recording
      if (event !== 'held' && event !== 'sealed') continue
      for (const { device, length } of holders) {
        this.note({ holder: device, recording: recording ?? current, length })
      }
    }
  }

  /** Recordings of which this holder acknowledged something. */
  recordings(holder: string): string[] {
    return [...(this.#byHolder.get(holder) ?? [])].flatMap(([key, length]) => (length ? [key] : []))
  }

  /** Blocks this holder acknowledged, over all recordings. */
  blocks(holder: string): number {
    const lengths = this.#byHolder.get(holder)?.values() ?? []
    return [...lengths].reduce((sum, length) => sum + length, 0)
  }

  /** Of those, how many its disk does not have. */
  blocksMissing(holder: string, held: HeldRecording[]): number {
    return this.#short(holder, held).reduce((sum, { length, found }) => sum + length - found, 0)
  }

  /**
   * What is wrong with what this holder's disk has, a sentence each: blocks missing, blocks damaged.
   * @param only recordings to look at. @default all
   */
  broken(holder: string, held: HeldRecording[], only?: string[]): string[] {
    const missing = this.#short(holder, held)
      .filter(({ recording }) => only?.includes(recording) ?? true)
      .map(({ recording, length, found }) => `${recording}: acknowledged ${length}, has ${found}`)
    const faults = held.flatMap(({ recording, faults }) => faults.map((f) => `${recording}: ${f}`))
    return [...missing, ...faults]
  }

  #short(holder: string, held: HeldRecording[]) {
    return [...(this.#byHolder.get(holder) ?? [])]
      .map(([recording, length]) => {
        const found = held.find((one) => one.recording === recording)?.length ?? 0
        return { recording, length, found }
      })
      .filter(({ length, found }) => found < length)
  }
}
