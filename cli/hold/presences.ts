// Tells who comes, who goes, who is full and who is going to delete what it holds while a device holds. A link
// that takes another's place is no news.

import type { Device } from '../../core/device.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { MemberPresence } from '../../core/exchange/members/presence.ts'
import { nameOf } from '../../core/device/facts/names.ts'
import { leavingText, presenceFields, presencesOf } from '../facts/presence.ts'
import type { Output } from '../output/output.ts'
import { keyText } from '../output/units.ts'

export class Presences {
  readonly #device: Device
  readonly #out: Output
  readonly #online = new Set<string>()
  readonly #full = new Set<string>()
  readonly #leaving = new Map<string, number | null>()

  constructor({ device, out }: { device: Device; out: Output }) {
    this.#device = device
    this.#out = out
  }

  /** Somebody came, went, or said that its disk is full, or that it leaves. */
  update(exchange: Exchange): void {
    for (const member of presencesOf(this.#device, exchange)) this.#tell(member, exchange)
  }

  #tell(member: MemberPresence, { circle }: Exchange): void {
    const id = keyText(circle.id) + keyText(member.device)
    const isFull = member.online && member.full
    const isMoved = mark(this.#online, id, member.online)
    const isFilled = mark(this.#full, id, isFull)
    const isLeaving = (this.#leaving.get(id) ?? null) !== member.leavesAtMs
    this.#leaving.set(id, member.leavesAtMs)
    if (!isMoved && !isFilled && !isLeaving) return
    this.#out.event('presence', { circle: keyText(circle.id), ...presenceFields(member) })
    const name = nameOf(circle, member.device)
    if (isMoved) this.#out.note(`${name} ${member.online ? 'is here' : 'has gone'}`)
    if (isLeaving) this.#out.note(`${name} ${leavingText(member.leavesAtMs)}`)
    if (isFilled && isFull) this.#out.note(`${name} is full: what is filmed now is not safe there`)
    if (isFilled && !isFull && member.online) this.#out.note(`${name} has room again`)
  }
}

/** @returns true where that is news */
function mark(all: Set<string>, id: string, isIn: boolean): boolean {
  if (all.has(id) === isIn) return false
  if (isIn) all.add(id)
  else all.delete(id)
  return true
}
