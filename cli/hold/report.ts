// What a holder tells while it holds: which recordings there are, how much of each is on its own disk
// and signed for, who shall worry. Reads the engine's events; decides nothing.
// Must never: tell as held what this device has not signed for.

import b4a from 'b4a'
import { changesRoster, isNaming } from '../../core/circle/roster.ts'
import type { JournalLine } from '../../core/circle/roster.ts'
import type { Device, DeviceEvents } from '../../core/device.ts'
import type { RaisedAlarm } from '../../core/exchange/alarms/alarms.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { Peer } from '../../core/exchange/members/peer.ts'
import type { Replica } from '../../core/replica/replica.ts'
import type { CircleId } from '../../core/types/keys.ts'
import { Alarms } from './alarms.ts'
import { nameOf } from '../../core/device/facts/names.ts'
import type { Output } from '../output/output.ts'
import { isoText, keyText, shortKey } from '../output/units.ts'
import { HeldRecording } from './held-recording.ts'
import { Memberships } from './memberships.ts'
import { OwnRecording } from './own-recording.ts'
import { Presences } from './presences.ts'
import { ToldRecording } from './told-recording.ts'

/** Whole recordings from before that are told of at the start: the newest; others when something happens to them. */
const TOLD_AT_START = 64

export interface HoldReportOptions {
  device: Device
  out: Output
  /** Tell of this circle only; null for all. */
  circle: CircleId | null
}

export class HoldReport {
  readonly #options: HoldReportOptions
  readonly #alarms: Alarms
  readonly #presences: Presences
  readonly #memberships: Memberships
  /** By key: a replica is made anew where the store had to be opened again. */
  readonly #told = new Map<string, ToldRecording>()
  readonly #resting: [Replica, Exchange][] = []
  #stopped = false

  constructor(options: HoldReportOptions) {
    this.#options = options
    this.#alarms = new Alarms(options)
    this.#presences = new Presences(options)
    this.#memberships = new Memberships(options)
  }

  start(): void {
    const { device } = this.#options
    for (const exchange of device.circles) {
      for (const replica of exchange.replicas) this.#onKnown(replica, exchange)
      if (this.#isTold(exchange)) this.#presences.update(exchange)
    }
    device.on('recording', this.#onReplica)
    device.on('progress', this.#onReplica)
    device.on('sealed', this.#onReplica)
    device.on('alarm', this.#onAlarm)
    device.on('presence', this.#onPresence)
    device.on('line', this.#onLine)
    device.on('misuse', this.#onMisuse)
    device.on('full', this.#onFull)
    device.on('room', this.#onRoom)
    if (device.isFull) this.#onFull() // from the start
    void this.#tellNewest()
  }

  stop(): void {
    const { device } = this.#options
    this.#stopped = true
    device.off('recording', this.#onReplica)
    device.off('progress', this.#onReplica)
    device.off('sealed', this.#onReplica)
    device.off('alarm', this.#onAlarm)
    device.off('presence', this.#onPresence)
    device.off('line', this.#onLine)
    device.off('misuse', this.#onMisuse)
    device.off('full', this.#onFull)
    device.off('room', this.#onRoom)
    for (const recording of this.#told.values()) recording.flush()
    this.#memberships.flush()
  }

  #onKnown(replica: Replica, exchange: Exchange): void {
    if (!this.#isTold(exchange)) return
    if (replica.core !== null || !replica.sealed) return this.#onReplica(replica, exchange)
    this.#told.set(keyText(replica.key), this.#begin(replica, exchange))
    this.#resting.push([replica, exchange])
  }

  /** How far what rests is held: read one after the other, for it may be the films of years. */
  async #tellNewest(): Promise<void> {
    const startedAtMs = ([{ announced }]: [Replica, Exchange]): number => announced.startedAtMs
    const newest = this.#resting.splice(0).sort((a, b) => startedAtMs(b) - startedAtMs(a))
    for (const [replica, exchange] of newest.slice(0, TOLD_AT_START)) {
      await replica.look().catch(() => {})
      if (this.#stopped) return
      this.#onReplica(replica, exchange)
    }
  }

  readonly #onReplica = (replica: Replica, exchange: Exchange): void => {
    if (!this.#isTold(exchange)) return
    const id = keyText(replica.key)
    const known = this.#told.get(id) ?? this.#begin(replica, exchange)
    this.#told.set(id, known)
    known.update({ replica, exchange })
  }

  #begin(replica: Replica, exchange: Exchange): ToldRecording {
    const { device, out } = this.#options
    const { recording, author, startedAtMs } = replica.announced
    const circle = keyText(exchange.circle.id)
    const startedAt = isoText(startedAtMs)
    out.event('recording', {
      recording: keyText(recording),
      author: keyText(author),
      circle,
      startedAt
    })
    const own = b4a.equals(author, device.key)
    const who = own ? 'This device filmed' : `${nameOf(exchange.circle, author)} films`
    out.note(`${who} ${shortKey(recording)}, begun ${startedAt}`)
    const subject = { replica, exchange }
    const Teller = own ? OwnRecording : HeldRecording
    return new ToldRecording(subject, new Teller(device.key, out, subject))
  }

  readonly #onAlarm = (alarm: RaisedAlarm, exchange: Exchange): void => {
    if (this.#isTold(exchange)) this.#alarms.raised(alarm, exchange)
  }

  readonly #onLine = (line: JournalLine, exchange: Exchange): void => {
    if (!this.#isTold(exchange)) return
    if (changesRoster(line) || isNaming(line)) this.#memberships.said(line, exchange)
    if (line.entry.kind !== 'leaving') return
    queueMicrotask(() => this.#presences.update(exchange)) // when everybody else has read it as well
  }

  readonly #onPresence = (_peer: Peer, exchange: Exchange): void => {
    if (this.#isTold(exchange)) this.#presences.update(exchange)
  }

  readonly #onMisuse = (misuse: DeviceEvents['misuse'][0]): void => this.#alarms.misused(misuse)

  readonly #onFull = (): void => this.#alarms.full()

  readonly #onRoom = (): void => {
    const { out, device } = this.#options
    out.event('room', { device: keyText(device.key) })
    out.note('There is room on the disk again: this device holds on')
  }

  #isTold({ circle }: Exchange): boolean {
    const wanted = this.#options.circle
    return wanted === null || b4a.equals(circle.id, wanted)
  }
}
