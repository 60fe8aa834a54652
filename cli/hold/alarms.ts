// Alarms as `hold` tells them: what a key holder tried, what members say, a full disk. The same thing
// again within a minute is counted, not told.

import b4a from 'b4a'
import type { Alarm } from '../../core/encoding/journal-entry.ts'
import type { Device } from '../../core/device.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import type { Attempt } from '../../core/store/guard.ts'
import type { DeviceKey } from '../../core/types/keys.ts'
import { nameOf } from '../facts/names.ts'
import type { Output } from '../output.ts'
import { keyText, shortKey } from '../units.ts'

const AGAIN_MS = 60_000

const TRIED: Record<Attempt['kind'], string> = {
  'fork-offer': 'offered a shortened or rewritten history of',
  'rival-history': 'signed a second, different history of'
}

export class Alarms {
  readonly #device: Device
  readonly #out: Output
  readonly #toldAtMs = new Map<string, number>()

  constructor({ device, out }: { device: Device; out: Output }) {
    this.#device = device
    this.#out = out
  }

  attempt({ kind, core, device, fork, length }: Attempt): void {
    const exchange = this.#device.circles.find((at) => at.replica(core) !== null)
    const recording = exchange ? keyText(core) : null
    if (!this.#isNew(kind, keyText(core), keyText(device))) return
    const fields = { core: keyText(core), fork, length }
    this.#out.event('alarm', { kind, recording, device: keyText(device), ...fields })
    const who = this.#nameOf(device)
    const what = recording === null ? 'a journal' : `the recording ${shortKey(core)}`
    this.#out.note(`ALARM: ${who} ${TRIED[kind]} ${what}; nothing held here is given up`)
  }

  /** What another member put in its journal. */
  said({ alarm: kind, recording, device }: Alarm, by: DeviceKey, exchange: Exchange): void {
    if (b4a.equals(by, this.#device.key)) return
    const key = recording && keyText(recording)
    if (!this.#isNew(kind, key ?? '', keyText(device) + keyText(by))) return
    this.#out.event('alarm', { kind, recording: key, device: keyText(device), by: keyText(by) })
    const about = nameOf(exchange.circle, device)
    this.#out.note(`ALARM from ${nameOf(exchange.circle, by)}: ${kind}, about ${about}`)
  }

  full(): void {
    const device = keyText(this.#device.key)
    this.#out.event('alarm', { kind: 'storage-full', recording: null, device })
    this.#out.note(
      'ALARM: this disk is full; what is held stays and is served, nothing new is taken until there is room: free some space'
    )
  }

  #isNew(...what: string[]): boolean {
    const id = what.join(' ')
    const nowMs = Date.now()
    if (nowMs - (this.#toldAtMs.get(id) ?? -Infinity) < AGAIN_MS) return false
    this.#toldAtMs.set(id, nowMs)
    return true
  }

  #nameOf(device: DeviceKey): string {
    const exchange = this.#device.circles.find(({ circle }) => circle.roster.find(device))
    return exchange ? nameOf(exchange.circle, device) : shortKey(device)
  }
}
