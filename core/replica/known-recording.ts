// What is known of one recording whether its core is open or not: whose it is, where it ends, how much
// media it holds, and who has signed for it. Receipts in journals are weighed when somebody asks, and let
// go of again where they can be read anew: of ten thousand recordings that rest, none costs a signature
// check, or the memory for what came of it.
// Must never: take for ended what nobody entitled said has ended.

import type Hypercore from 'hypercore'
import ReadyResource from 'ready-resource'
import type { JournalLine } from '../circle/roster.ts'
import { hex } from '../encoding/hex.ts'
import type { Entry, SealReason } from '../encoding/recording/entry.ts'
import type { Receipt } from '../encoding/recording/receipt.ts'
import { Timeline } from '../recording/timeline.ts'
import type { DeviceKey } from '../types/keys.ts'
import type { Announced } from './announced.ts'
import { ReceiptBook } from './receipts/receipt-book.ts'
import type { Loss, Place } from './receipts/receipt-book.ts'
import type { Ears, ReplicaEvents } from './replica-options.ts'
import type { Replica } from './replica.ts'

/** What journals say of who holds a recording: read when it is asked for. */
export interface Testimony {
  /** This device's own receipts count at once, and what was lost since. */
  prime: (recording: KnownRecording) => void
  /** Adds what the others say, checked. */
  weigh: (recording: KnownRecording) => void
}

const NOTHING_SAID: readonly JournalLine[] = Object.freeze([])

export abstract class KnownRecording extends ReadyResource<ReplicaEvents> {
  announced: Announced
  /** Its key as hex: one string for every map that has it. */
  readonly id: string
  /** The author said that it is over, or went on in another: nothing more is pushed. */
  over = false
  /** Lines with receipts for it, of all journals, in the order they came. */
  said = NOTHING_SAID
  #testimony: Testimony | null = null
  #ears: Ears | null = null
  #isWeighed = false
  #book: ReceiptBook | null = null
  #timeline: Timeline | null = null
  #end: number | null = null
  #reason: SealReason | null = null

  constructor(announced: Announced) {
    super()
    this.announced = announced
    this.id = hex(announced.recording)
  }

  /** Where in time its blocks stand, as far as somebody has looked. */
  get timeline(): Timeline {
    return (this.#timeline ??= new Timeline())
  }

  protected forgetTimeline(): void {
    this.#timeline = null
  }

  /** Blocks held without a hole. */
  abstract get length(): number

  /** Null while it rests. */
  abstract get core(): Hypercore | null

  /** What the blocks that are here take: how many there are is its author's claim. Null where nobody looked. */
  abstract get takenBytes(): number | null

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
    const timeline = this.#timeline
    return timeline !== null && timeline.length > 1 ? timeline.secondsAt(this.length) : null
  }

  /** Why it ended, by its author's word; null where that is not known (yet). */
  get endReason(): SealReason | null {
    return this.#reason ?? this.#timeline?.seal?.reason ?? null
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
    const { book } = this
    if (!this.#isWeighed) this.weigh()
    return book
  }

  /** Counts what the journals say now, whatever was counted of it before. */
  weigh(): void {
    this.#isWeighed = true
    this.#testimony?.weigh(this)
  }

  /** More of what is said may count when somebody asks the next time. */
  weighAgain(): void {
    this.#isWeighed = false
  }

  /** Its receipts without those that have not been asked for; its own are always in it. */
  protected get book(): ReceiptBook {
    if (this.#book === null) {
      this.#book = new ReceiptBook()
      this.#testimony?.prime(this)
    }
    return this.#book
  }

  /** @param ears the same for all recordings: listeners of its own would be most of what one takes */
  hear(ears: Ears): void {
    this.#ears = ears
  }

  override emit<E extends keyof ReplicaEvents>(event: E, ...args: ReplicaEvents[E]): boolean {
    const ear: ((of: Replica, ...args: any[]) => void) | undefined = this.#ears?.[event]
    ear?.(this as unknown as Replica, ...args)
    return super.emit(event, ...(args as never))
  }

  /** @param testimony the same for all recordings */
  heed(testimony: Testimony): void {
    this.#testimony = testimony
  }

  /** Forgets what can be read anew in the journals: nobody asks just now. Not while its core is open. */
  letGoOfReceipts(): void {
    if (this.#testimony === null || !this.#book?.isInJournals) return
    this.#book = null
    this.#isWeighed = false
  }

  /** Of this device itself, as its own journal says: counts at once. */
  primeReceipt(receipt: Receipt, place: Place | null): void {
    this.book.add(receipt, place)
  }

  /** Blocks that this device has signed for, as far as that is true still. */
  signedBy(self: DeviceKey): number {
    return this.book.lengthOf(self)
  }

  /** What this holder signed for before counts no longer. */
  loseReceipts(holder: DeviceKey, loss: Loss): void {
    this.#book?.lose(holder, loss) // else it is known before anything is counted
  }

  /** Keeps another holder's receipt that has been checked; false where it tells nothing new. */
  addReceipt(receipt: Receipt, place: Place | null = null): boolean {
    const isNews = this.receipts.add(receipt, place)
    if (isNews) this.emit('held', receipt)
    return isNews
  }
}
