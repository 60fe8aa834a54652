// Tells how much of somebody else's recording this device holds, by its own receipts: written to its
// disk, flushed, and signed for.
// What opens later, with a key that a member has given, is told once more, with its seconds.
// Must never: tell as held what this device has not signed for, or tell less than it told before.

import type { Replica } from '../../core/replica/replica.ts'
import type { DeviceKey } from '../../core/types/keys.ts'
import { secondsAt } from '../../core/device/facts/holders.ts'
import { nameOf } from '../../core/device/facts/names.ts'
import type { Output } from '../output/output.ts'
import { countText, keyText, rounded, shortKey, timeText } from '../output/units.ts'
import type { RecordingTeller, Subject } from './told-recording.ts'

export class HeldRecording implements RecordingTeller {
  readonly #self: DeviceKey
  readonly #out: Output
  readonly #subject: Readonly<Subject>
  #length = 0
  #sealed = false
  /** As it was told last, no key here opened it. */
  #wasClosed = false

  constructor(self: DeviceKey, out: Output, subject: Readonly<Subject>) {
    this.#self = self
    this.#out = out
    this.#subject = subject
  }

  get hasNews(): boolean {
    return this.#hasOpened || this.#signedFor > this.#length || (this.#isWhole && !this.#sealed)
  }

  get #hasOpened(): boolean {
    return this.#wasClosed && this.#replica.reader !== null && this.#signedFor >= this.#length
  }

  /** Where it is read here, as far as it has been: the seconds are told with it. */
  get #signedFor(): number {
    const { reader, timeline, isClosedToUs } = this.#replica
    if (reader === null && !isClosedToUs) return 0
    const { receipts } = this.#replica
    const length = Math.min(receipts.of(this.#self)?.length ?? 0, this.#replica.length)
    return isClosedToUs ? length : Math.min(length, timeline.length)
  }

  get #isWhole(): boolean {
    const { end } = this.#replica
    return end !== null && this.#signedFor >= end
  }

  tell(): void {
    if (this.#hasOpened) this.#sealed = false
    if (this.#hasOpened || this.#signedFor > this.#length) this.#tellHeld()
    if (this.#isWhole && !this.#sealed) this.#tellSealed()
  }

  #tellHeld(): void {
    this.#length = this.#signedFor
    const { source, isClosedToUs } = this.#replica
    this.#wasClosed = isClosedToUs
    this.#out.event('held', { ...this.#fields(), from: source && keyText(source) })
    this.#out.progress(`${this.#name}: ${this.#amount} held of ${shortKey(this.#replica.key)}`)
  }

  #tellSealed(): void {
    this.#sealed = true
    const reason = this.#replica.endReason
    this.#out.event('sealed', { ...this.#fields(), reason })
    const what = shortKey(this.#replica.key)
    this.#out.note(`${this.#name}: all of ${what} is held here, ${this.#amount}`)
  }

  #fields() {
    const seconds = secondsAt(this.#replica, this.#length)
    return {
      recording: keyText(this.#replica.key),
      length: this.#length,
      seconds: seconds === null ? null : rounded(seconds)
    }
  }

  get #replica(): Replica {
    return this.#subject.replica
  }

  get #name(): string {
    return nameOf(this.#subject.exchange.circle, this.#replica.announced.author)
  }

  get #amount(): string {
    const seconds = secondsAt(this.#replica, this.#length)
    return seconds === null ? countText(this.#length, 'block') : timeText(seconds)
  }
}
