// Turns "written" into "on the disk, signed for". Receipts are made after the write-ahead log has been
// flushed, never before; blocks that arrive during a flush share the next one. Goes on from what this
// device signed before, which bears the earlier date.
// Must never: sign again what is signed for and still here, or stay silent about what is not.

import type Hypercore from 'hypercore'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { Signature, TreeHash } from '../../types/keys.ts'
import { coreHead } from '../core-head.ts'
import type { ReceiptBook } from './receipt-book.ts'
import { makeReceipt } from './receipts.ts'

export interface AckerOptions {
  store: EvidenceStore
  keys: DeviceKeys
  core: Hypercore
  /** What this device has signed for so far. */
  book: ReceiptBook
  onReceipt: (receipt: Receipt) => void
  /** Only the first `length` blocks of what was signed for are here. */
  onLoss: (length: number) => void
  /** The flush failed: nothing new is safe here. */
  onError: (err: unknown) => void
  /** True where others have signed for as much as we have: ours can wait for what comes next. */
  mayWait?: () => boolean
  now: () => number
}

/** And no longer than that. */
const WAIT_MS = 1000

interface Held {
  length: number
  treeHash: TreeHash
  authorSignature: Signature | null
}

export class Acker {
  readonly #options: AckerOptions
  #lostAt = Infinity
  #running: Promise<void> | null = null
  #again = false
  #waiting: Timer | null = null
  #stopped = false

  constructor(options: AckerOptions) {
    this.#options = options
  }

  /** Something was written: acknowledge all that is held without a hole. */
  poke(): void {
    if (this.#stopped) return
    if (this.#running !== null) this.#again = true
    else if (this.#options.mayWait?.() !== true) this.#start()
    else this.#waiting ??= setTimeout(() => this.#start(), WAIT_MS)
  }

  /** What waits is signed for first. */
  async stop(): Promise<void> {
    if (this.#waiting !== null && this.#running === null) this.#start()
    this.#stopped = true
    await this.#running
  }

  #start(): void {
    clearTimeout(this.#waiting)
    this.#waiting = null
    this.#running ??= this.#run()
  }

  async #run(): Promise<void> {
    do {
      this.#again = false
      try {
        await this.#ackOnce()
      } catch (err) {
        if (!this.#stopped) this.#options.onError(err)
      }
    } while (this.#again && !this.#stopped)
    this.#running = null
  }

  async #ackOnce(): Promise<void> {
    const { store, keys, core, book, onReceipt, now } = this.#options
    this.#tellLoss()
    const held = await this.#held()
    if (held === null) return
    await store.durable()
    const atMs = now()
    const heldSinceMs = Math.min(book.heldSinceMs(keys.device) ?? atMs, atMs)
    const stamp = { heldSinceMs, atMs, flushed: true }
    onReceipt(makeReceipt(keys, { recording: core.key, fork: 0, ...held, ...stamp }))
  }

  get #signedFor(): number {
    return this.#options.book.lengthOf(this.#options.keys.device)
  }

  /** Until it is in the journal, where it ends what was signed for before, it is told once. */
  #tellLoss(): void {
    const { core, onLoss } = this.#options
    const length = core.contiguousLength
    if (this.#signedFor <= length) this.#lostAt = Infinity
    else if (length < this.#lostAt) onLoss((this.#lostAt = length))
  }

  /** What is held without a hole now, or null where that is acknowledged already. */
  async #held(): Promise<Held | null> {
    const { core } = this.#options
    const length = core.contiguousLength
    if (length <= this.#signedFor) return null
    if (core.length !== length) return heldBefore(core, length)
    const { treeHash, signature } = coreHead(core)
    return { length, treeHash, authorSignature: signature }
  }
}

/** In the middle of a catch-up: the author's signature is for a longer tree than is held without a hole. */
async function heldBefore(core: Hypercore, length: number): Promise<Held | null> {
  try {
    return { length, treeHash: await core.treeHash(length), authorSignature: null }
  } catch {
    return null // the roots of that length are not here yet; the next block brings them
  }
}
