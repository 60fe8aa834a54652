// Tells who has how much of a recording that this device filmed itself.

import type { DeviceKey } from '../../core/types/keys.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { Coalesced } from '../output/coalesce.ts'
import { holderFields, holdersOf } from '../facts/holders.ts'
import type { Holder } from '../facts/holders.ts'
import type { Output } from '../output/output.ts'
import { countText, keyText, listText, shortKey } from '../output/units.ts'
import { EVERY_MS } from './held-recording.ts'

export class OwnRecording {
  readonly #self: DeviceKey
  readonly #out: Output
  readonly #teller = new Coalesced(() => this.#tell(), EVERY_MS)
  #replica: Replica
  #exchange: Exchange
  #told = ''

  constructor(self: DeviceKey, out: Output, replica: Replica, exchange: Exchange) {
    this.#self = self
    this.#out = out
    this.#replica = replica
    this.#exchange = exchange
  }

  update(replica: Replica, exchange: Exchange): void {
    this.#replica = replica
    this.#exchange = exchange
    this.#teller.call()
  }

  flush(): void {
    this.#teller.flush()
  }

  #tell(): void {
    const { key, length } = this.#replica
    const all = holdersOf(this.#exchange, this.#replica, this.#self)
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
  if (whole.length > 0) return `${listText(whole)} have all of it`
  const most = Math.max(0, ...holders.map((holder) => holder.length))
  return `others have ${most} of its ${countText(length, 'block')}`
}
