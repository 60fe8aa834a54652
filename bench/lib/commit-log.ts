// The control's disk: frames appended to one file, synced with fdatasync, whatever waits sharing a sync.
// As little as can be done for a frame to survive a power cut.

import b4a from 'b4a'
import { openFile } from '../../core/store/files/open-file.ts'
import type { OpenFile } from '../../core/store/files/open-file.ts'
import { nowMs } from './clock.ts'

export class CommitLog {
  /** When frame i was on the disk, ms. */
  readonly durableAtMs: number[] = []
  readonly #onDurable: (frames: number) => void
  readonly #file: Promise<OpenFile>
  #waiting: Uint8Array[] = []
  #at = 0
  #running: Promise<void> | null = null

  constructor(name: string, onDurable: (frames: number) => void) {
    this.#file = openFile(name, 'w')
    this.#onDurable = onDurable
  }

  add(frame: Uint8Array): void {
    this.#waiting.push(frame)
    this.#running ??= this.#run()
  }

  async close(): Promise<void> {
    await this.#running
    await (await this.#file).close()
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) await this.#commit(this.#waiting.splice(0))
    this.#running = null
  }

  async #commit(frames: Uint8Array[]): Promise<void> {
    const file = await this.#file
    const bytes = frames.length === 1 ? frames[0]! : b4a.concat(frames as any)
    await file.write(bytes, 0, bytes.byteLength, this.#at)
    await file.datasync()
    this.#at += bytes.byteLength
    const atMs = nowMs()
    for (const _ of frames) this.durableAtMs.push(atMs)
    this.#onDurable(this.durableAtMs.length)
  }
}
