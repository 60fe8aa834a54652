// Who had how much of which recording, and when: forty thousand notes in an hour of film. They are kept in
// columns of numbers, for what a process that is measured remembers of it is counted as the engine's.

import { nowMs } from '../clock.ts'
import { hex } from '../hex.ts'

export interface HeldAt {
  holder: string
  recording: string
  length: number
  atMs: number
}

export class HeldLog {
  readonly #names: string[] = []
  #holders: number[] = []
  #recordings: number[] = []
  #lengths: number[] = []
  #atMs: number[] = []

  note(holder: Uint8Array, recording: Uint8Array, length: number, atMs = nowMs()): void {
    this.#holders.push(this.#indexOf(hex(holder)))
    this.#recordings.push(this.#indexOf(hex(recording)))
    this.#lengths.push(length)
    this.#atMs.push(atMs)
  }

  all(): HeldAt[] {
    return this.#lengths.map((_, i) => this.#at(i))
  }

  /** The first time that somebody had so much. */
  reached(length: number): HeldAt | undefined {
    const i = this.#lengths.findIndex((held) => held >= length)
    return i === -1 ? undefined : this.#at(i)
  }

  clear(): void {
    this.#holders = []
    this.#recordings = []
    this.#lengths = []
    this.#atMs = []
  }

  #at(i: number): HeldAt {
    return {
      holder: this.#names[this.#holders[i]!]!,
      recording: this.#names[this.#recordings[i]!]!,
      length: this.#lengths[i]!,
      atMs: this.#atMs[i]!
    }
  }

  #indexOf(name: string): number {
    const index = this.#names.indexOf(name)
    return index === -1 ? this.#names.push(name) - 1 : index
  }
}
