// Who had how much of which recording, and when: forty thousand notes in an hour of film. They are kept in
// columns of bytes, for what a process that is measured remembers of it is counted as the engine's.

import { nowMs } from '../clock.ts'
import { hex } from '../hex.ts'
import { Column } from './column.ts'

export interface HeldAt {
  holder: string
  recording: string
  length: number
  atMs: number
}

export class HeldLog {
  readonly #names: string[] = []
  readonly #holders = new Column(Uint16Array)
  readonly #recordings = new Column(Uint16Array)
  readonly #lengths = new Column(Uint32Array)
  readonly #atMs = new Column(Float64Array)

  note(holder: Uint8Array, recording: Uint8Array, length: number, atMs = nowMs()): void {
    this.#holders.push(this.#indexOf(hex(holder)))
    this.#recordings.push(this.#indexOf(hex(recording)))
    this.#lengths.push(length)
    this.#atMs.push(atMs)
  }

  all(): HeldAt[] {
    return Array.from({ length: this.#lengths.length }, (_, i) => this.#at(i))
  }

  /** The first time that somebody had so much. */
  reached(length: number): HeldAt | undefined {
    const i = this.#lengths.findIndex((held) => held >= length)
    return i === -1 ? undefined : this.#at(i)
  }

  clear(): void {
    for (const column of [this.#holders, this.#recordings, this.#lengths, this.#atMs])
      column.clear()
  }

  #at(i: number): HeldAt {
    return {
      holder: this.#names[this.#holders.at(i)]!,
      recording: this.#names[this.#recordings.at(i)]!,
      length: this.#lengths.at(i),
      atMs: this.#atMs.at(i)
    }
  }

  #indexOf(name: string): number {
    const index = this.#names.indexOf(name)
    return index === -1 ? this.#names.push(name) - 1 : index
  }
}
