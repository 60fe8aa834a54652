// What is known of one recording whether its core is open or not: whose it is, where it ends, how much
// media it holds, and who has signed for it. Receipts that came before anybody asked are weighed when
// somebody does: of ten thousand recordings that rest, none costs a signature check.
// Must never: take for ended what nobody entitled said has ended.

import type Hypercore from 'hypercore'
import ReadyResource from 'ready-resource'
import type { Entry, SealReason } from '../encoding/entry.ts'
import type { Receipt } from '../encoding/receipt.ts'
import { Timeline } from '../recording/timeline.ts'
import type { DeviceKey } from '../types/keys.ts'
import type { Announced } from './announced.ts'
import { ReceiptBook } from './receipts/receipt-book.ts'
import type { Loss, Place } from './receipts/receipt-book.ts'
import type { ReplicaEvents } from './replica-options.ts'

export abstract class KnownRecording extends ReadyResource<ReplicaEvents> {
  announced: Announced
  readonly timeline = new Timeline()
  /** The author said that it is over, or went on in another: nothing more is pushed. */
  over = false
  /** Bytes of its blocks while it rests, or null. */
  protected restingBytes: number | null = null
  protected readonly book = new ReceiptBook()
  #weigh: (() => void) | null = null
  #end: number | null = null
  #reason: SealReason | null = null

  constructor(announced: Announced) {
    super()
    this.announced = announced
  }

  /** Blocks held without a hole. */
  abstract get length(): number

  /** Null while it rests. */
  abstract get core(): Hypercore | null

  /** Bytes of the blocks that there are of it, as far as this device has heard; null where nobody looked. */
  get byteLength(): number | null {
    return this.core?.byteLength ?? this.restingBytes
  }

  get key() {
    return this.announced.recording
  }

  /** Blocks of the whole recording, seal included; null where it is not known to be over. */
  get end(): number | null {
    return this.#end
  }

  /** True where the whole recording is here, up to its seal. */
  get sealed(): boolean {
    return this.#end !== null && this.length >= this.#end
  }

  /** Seconds of media held; null where this device cannot read it, or has not looked (see `look`). */
  get seconds(): number | null {
    return this.timeline.length > 1 ? this.timeline.secondsAt(this.length) : null
  }

  /** Why it ended, by its author's word; null where that is not known (yet). */
  get endReason(): SealReason | null {
    return this.#reason ?? this.timeline.seal?.reason ?? null
  }

  /** The author's journal tells where the recording ends, and why. */
  endsAt(length: number, reason: SealReason | null = null): void {
    this.#reason ??= reason
    if (this.#end !== null) return
    this.#end = length
    this.over = true
    this.emit('sealed')
  }

  /** Somebody else made it than who said so first: what that one said of its end counts no longer. */
  attribute(announced: Announced): void {
    const { seal } = this.timeline
    this.announced = announced
    this.#end = seal === null ? null : seal.length + 1
    this.#reason = null
    this.over = seal !== null
  }

  /** For the author, who knows its own entries without reading them back. */
  observe(entry: Entry): void {
    this.timeline.add(entry)
    if (entry.kind === 'seal') this.endsAt(this.timeline.length)
  }

  get receipts(): ReceiptBook {
    const weigh = this.#weigh
    this.#weigh = null
    weigh?.()
    return this.book
  }

  /** @param weigh adds what was said of it so far: called when the receipts are first asked for */
  weighLater(weigh: () => void): void {
    this.#weigh = weigh
  }

  /** Of this device itself, as its own journal says: counts at once. */
  primeReceipt(receipt: Receipt, place: Place | null): void {
    this.book.add(receipt, place)
  }

  /** Blocks that this device has signed for, as far as that is true still. */
  signedBy(self: DeviceKey): number {
    return this.book.of(self)?.length ?? 0
  }

  /** What this holder signed for before counts no longer. */
  loseReceipts(holder: DeviceKey, loss: Loss): void {
    this.book.lose(holder, loss)
  }

  /** Keeps another holder's receipt that has been checked; false where it tells nothing new. */
  addReceipt(receipt: Receipt, place: Place | null = null): boolean {
    const isNews = this.receipts.add(receipt, place)
    if (isNews) this.emit('held', receipt)
    return isNews
  }
}
