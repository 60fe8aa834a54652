// Tells who comes and who goes while a device holds. A link that takes another's place is no news.

import type { Device } from '../../core/device.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { MemberPresence } from '../../core/exchange/members/presence.ts'
import { nameOf } from '../facts/names.ts'
import { presenceFields, presencesOf } from '../facts/presence.ts'
import type { Output } from '../output/output.ts'
import { keyText } from '../output/units.ts'

export class Presences {
  readonly #device: Device
  readonly #out: Output
  readonly #online = new Set<string>()

  constructor({ device, out }: { device: Device; out: Output }) {
    this.#device = device
    this.#out = out
  }

  /** Somebody came, went, or said that its disk is full. */
  update(exchange: Exchange): void {
    for (const member of presencesOf(this.#device, exchange)) this.#tell(member, exchange)
  }

  #tell(member: MemberPresence, { circle }: Exchange): void {
    const id = keyText(circle.id) + keyText(member.device)
    if (member.online === this.#online.has(id)) return
    if (member.online) this.#online.add(id)
    else this.#online.delete(id)
    this.#out.event('presence', { circle: keyText(circle.id), ...presenceFields(member) })
    this.#out.note(`${nameOf(circle, member.device)} ${member.online ? 'is here' : 'has gone'}`)
  }
}
