// Alarms as `hold` tells them: this device's own and the other members', and a full disk. What is said
// again and again the engine has left out already.

import type { Device } from '../../core/device.ts'
import type { RaisedAlarm } from '../../core/exchange/alarms.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { alarmFields, alarmText } from '../facts/alarms.ts'
import type { Output } from '../output.ts'
import { keyText } from '../units.ts'

export class Alarms {
  readonly #device: Device
  readonly #out: Output

  constructor({ device, out }: { device: Device; out: Output }) {
    this.#device = device
    this.#out = out
  }

  raised(alarm: RaisedAlarm, exchange: Exchange): void {
    this.#out.event('alarm', alarmFields(alarm, exchange))
    this.#out.note(`ALARM: ${alarmText(alarm, exchange)}`)
  }

  full(): void {
    const device = keyText(this.#device.key)
    this.#out.event('alarm', { kind: 'storage-full', recording: null, device })
    this.#out.note(
      'ALARM: this disk is full; what is held stays and is served, nothing new is taken until there is room: free some space'
    )
  }
}
