// Tells who has how much of a recording that this device filmed itself.

import type { DeviceKey } from '../../core/types/keys.ts'
import { holdersOf } from '../../core/device/facts/holders.ts'
import { holderFields } from '../facts/holders.ts'
import type { Holder } from '../../core/device/facts/holders.ts'
import type { Output } from '../output/output.ts'
import { countText, keyText, listText, shortKey } from '../output/units.ts'
import type { RecordingTeller, Subject } from './told-recording.ts'

export class OwnRecording implements RecordingTeller {
  readonly #self: DeviceKey
  readonly #out: Output
  readonly #subject: Readonly<Subject>
  /** Who has it is seen only when it is told. */
  readonly hasNews = true
  #told = ''

  constructor(self: DeviceKey, out: Output, subject: Readonly<Subject>) {
    this.#self = self
    this.#out = out
    this.#subject = subject
  }

  tell(): void {
    const { replica, exchange } = this.#subject
    const { key, length } = replica
    const all = holdersOf(exchange, replica, this.#self)
    const holders = all.filter((holder) => holder.length > 0)
    const fields = { recording: keyText(key), length, holders: holders.map(holderFields) }
    const text = JSON.stringify(fields)
    if (text === this.#told) return
    this.#told = text
    this.#out.event('holders', fields)
    this.#out.progress(`${shortKey(key)}, filmed here: ${holdersText(holders, length)}`)
  }
}

function holdersText(holders: Holder[], length: number): string {
  const whole = holders.filter((holder) => holder.length >= length).map(({ name }) => name)
  if (whole.length > 0) return `${listText(whole)} ${whole.length === 1 ? 'has' : 'have'} all of it`
  const most = Math.max(0, ...holders.map((holder) => holder.length))
  return `others have ${most} of its ${countText(length, 'block')}`
}
