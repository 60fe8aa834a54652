// What a holder tells while it holds: which recordings there are, how much of each is on its own disk
// and signed for, who shall worry. Reads the engine's events; decides nothing.
// Must never: tell as held what this device has not signed for.

import b4a from 'b4a'
import type { JournalLine } from '../../core/circle/roster.ts'
import type { Device } from '../../core/device.ts'
import type { Exchange } from '../../core/replica/exchange.ts'
import type { Replica } from '../../core/replica/replica.ts'
import type { Attempt } from '../../core/store/guard.ts'
import type { CircleId } from '../../core/types/keys.ts'
import { Alarms } from './alarms.ts'
import { Coalesced } from '../coalesce.ts'
import { holderFields, holdersOf, secondsAt } from '../facts/holders.ts'
import { nameOf } from '../facts/names.ts'
import type { Output } from '../output.ts'
import { isoText, keyText, rounded, shortKey, timeText } from '../units.ts'

const EVERY_MS = 100

export interface HoldReportOptions {
  device: Device
  out: Output
  /** Tell of this circle only; null for all. */
  circle: CircleId | null
}

interface Told {
  teller: Coalesced
  length: number
  holders: string
  sealed: boolean
}

export class HoldReport {
  readonly #options: HoldReportOptions
  readonly #alarms: Alarms
  /** By key: a replica is made anew where the store had to be opened again. */
  readonly #told = new Map<string, Told>()

  constructor(options: HoldReportOptions) {
    this.#options = options
    this.#alarms = new Alarms(options)
  }

  start(): void {
    const { device } = this.#options
    for (const exchange of device.circles) {
      for (const replica of exchange.replicas) this.#onReplica(replica, exchange)
    }
    device.on('recording', this.#onReplica)
    device.on('progress', this.#onReplica)
    device.on('sealed', this.#onReplica)
    device.on('attempt', this.#onAttempt)
    device.on('line', this.#onLine)
    device.on('full', this.#onFull)
    device.on('room', this.#onRoom)
    if (device.isFull) this.#onFull() // from the start
  }

  stop(): void {
    const { device } = this.#options
    device.off('recording', this.#onReplica)
    device.off('progress', this.#onReplica)
    device.off('sealed', this.#onReplica)
    device.off('attempt', this.#onAttempt)
    device.off('line', this.#onLine)
    device.off('full', this.#onFull)
    device.off('room', this.#onRoom)
    for (const { teller } of this.#told.values()) teller.flush()
  }

  readonly #onReplica = (replica: Replica, exchange: Exchange): void => {
    const { circle } = this.#options
    if (circle !== null && !b4a.equals(exchange.circle.id, circle)) return
    const id = keyText(replica.key)
    if (!this.#told.has(id)) this.#begin(replica, exchange)
    this.#told.get(id)!.teller.call()
  }

  #begin(replica: Replica, exchange: Exchange): void {
    const { recording, author, startedAtMs } = replica.announced
    const teller = new Coalesced(() => this.#tell(id), EVERY_MS)
    const id = keyText(recording)
    this.#told.set(id, { teller, length: 0, holders: '', sealed: false })
    this.#options.out.event('recording', {
      recording: id,
      author: keyText(author),
      circle: keyText(exchange.circle.id),
      startedAt: isoText(startedAtMs)
    })
    const who = this.#isOwn(replica)
      ? 'This device filmed'
      : `${nameOf(exchange.circle, author)} films`
    this.#options.out.note(`${who} ${shortKey(recording)}, begun ${isoText(startedAtMs)}`)
  }

  #tell(id: string): void {
    const found = this.#find(id)
    if (found === null) return
    const { replica, exchange } = found
    if (this.#isOwn(replica)) this.#tellHolders(replica, exchange)
    else this.#tellHeld(replica, exchange)
  }

  /** Somebody else's: what this device has of it, by its own receipts. */
  #tellHeld(replica: Replica, exchange: Exchange): void {
    const { device, out } = this.#options
    const told = this.#told.get(keyText(replica.key))!
    const length = replica.receipts.of(device.key)?.length ?? 0
    const seconds = secondsAt(replica, length)
    const fields = { recording: keyText(replica.key), length, seconds: seconds && rounded(seconds) }
    const from = replica.source && keyText(replica.source)
    const grew = length > told.length
    if (grew) out.event('held', { ...fields, from })
    told.length = Math.max(told.length, length)
    const name = nameOf(exchange.circle, replica.announced.author)
    const whole = replica.end !== null && length >= replica.end
    if (whole && !told.sealed) {
      told.sealed = true
      out.event('sealed', fields)
      out.note(`${name}: all of ${shortKey(replica.key)} is held here, ${amount(seconds, length)}`)
    } else if (grew) {
      out.progress(`${name}: ${amount(seconds, length)} held of ${shortKey(replica.key)}`)
    }
  }

  /** Our own: who else has it by now. */
  #tellHolders(replica: Replica, exchange: Exchange): void {
    const { device, out } = this.#options
    const told = this.#told.get(keyText(replica.key))!
    const holders = holdersOf(exchange, replica, device.key).filter(({ length }) => length > 0)
    const fields = {
      recording: keyText(replica.key),
      length: replica.length,
      holders: holders.map(holderFields)
    }
    const text = JSON.stringify(fields)
    if (text === told.holders) return
    told.holders = text
    out.event('holders', fields)
    const whole = holders.filter(({ length }) => length >= replica.length).length
    out.progress(`${shortKey(replica.key)}, filmed here: ${whole} others have all of it`)
  }

  #find(id: string): { replica: Replica; exchange: Exchange } | null {
    for (const exchange of this.#options.device.circles) {
      const replica = exchange.replicas.find(({ key }) => keyText(key) === id)
      if (replica) return { replica, exchange }
    }
    return null
  }

  #isOwn(replica: Replica): boolean {
    return b4a.equals(replica.announced.author, this.#options.device.key)
  }

  readonly #onAttempt = (attempt: Attempt): void => this.#alarms.attempt(attempt)

  readonly #onLine = ({ entry, device: by }: JournalLine, exchange: Exchange): void => {
    if (entry.kind === 'alarm') this.#alarms.said(entry.body, by, exchange)
  }

  readonly #onFull = (): void => this.#alarms.full()

  readonly #onRoom = (): void => {
    const { out, device } = this.#options
    out.event('room', { device: keyText(device.key) })
    out.note('There is room on the disk again: this device holds on')
  }
}

function amount(seconds: number | null, length: number): string {
  return seconds === null ? `${length} blocks` : timeText(seconds)
}
