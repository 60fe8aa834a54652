// The core of a recording while it is open: what happens to it is told, and what it holds is signed for.
// Must never: outlive its closing, or be signed for by anybody else.

import type Hypercore from 'hypercore'
import type { CorePeer } from 'hypercore'
import { takenBy } from '../store/held-cores.ts'
import { Acker } from './receipts/acker.ts'
import type { AckerOptions } from './receipts/acker.ts'

export interface OpenCoreOptions extends AckerOptions {
  /** What was here before took. */
  takenBytes: number
  /** It may have grown; by a block that this member sent, where there was one. */
  onGrow: (from: CorePeer | null) => void
  /** A block could not be kept. */
  onRefused: (err: unknown) => void
}

export class OpenCore {
  readonly core: Hypercore
  /** What the blocks that are here take. */
  takenBytes: number
  readonly #options: OpenCoreOptions
  readonly #acker: Acker

  constructor(options: OpenCoreOptions) {
    const { core, takenBytes, onRefused } = options
    this.core = core
    this.takenBytes = takenBytes
    this.#count(0)
    this.#options = options
    this.#acker = new Acker(options)
    core.setMaxListeners(0)
    core.on('append', this.#onAppend)
    core.on('download', this.#onDownload)
    core.on('verification-error', onRefused)
  }

  /** Signs for what is here and not signed for (any more). */
  acknowledge(): void {
    this.#acker.poke()
  }

  /** Nothing more is told. */
  silence(): void {
    this.core.off('append', this.#onAppend)
    this.core.off('download', this.#onDownload)
    this.core.off('verification-error', this.#options.onRefused)
  }

  /** What is being signed for is signed first. */
  stopAcknowledging(): Promise<void> {
    return this.#acker.stop()
  }

  readonly #onAppend = (): void => {
    this.#count(0)
    this.#options.onGrow(null)
  }

  readonly #onDownload = (_index: number, bytes: number, peer: CorePeer): void => {
    this.#count(takenBy(1, bytes))
    this.#options.onGrow(peer)
  }

  /** The tree counts what is still to come as well, as soon as its author has said so. */
  #count(more: number): void {
    const { contiguousLength, length, byteLength } = this.core
    const isWhole = contiguousLength === length
    this.takenBytes = isWhole ? takenBy(length, byteLength) : this.takenBytes + more
  }
}
