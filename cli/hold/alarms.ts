// Alarms as `hold` tells them: this device's own and the other members', and a full disk. What is said
// again and again is told a few times and then counted: a member that says it without end hides nothing.

import type { Device, DeviceEvents } from '../../core/device.ts'
import type { RaisedAlarm } from '../../core/exchange/alarms/alarms.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { alarmFields, alarmText, timesText } from '../facts/alarms.ts'
import { nameOf } from '../../core/device/facts/names.ts'
import type { Output } from '../output/output.ts'
import { keyText } from '../output/units.ts'
import { Repeats } from './repeats.ts'

export class Alarms {
  readonly #device: Device
  readonly #out: Output
  readonly #repeats = new Repeats()

  constructor({ device, out }: { device: Device; out: Output }) {
    this.#device = device
    this.#out = out
  }

  raised(alarm: RaisedAlarm, exchange: Exchange): void {
    const fields = alarmFields(alarm, exchange)
    const { circle, kind, by, device, recording } = fields
    const times = this.#repeats.count([circle, kind, by, device].join(' '), recording ?? '')
    if (times === null) return
    this.#out.event('alarm', { ...fields, times })
    this.#out.note(`ALARM: ${alarmText(alarm, exchange)}${timesText(times)}`)
  }

  /** A member's device flooded its link; at most once for each time it was let in. */
  misused({ device, reason, outMs }: DeviceEvents['misuse'][0]): void {
    const exchange = this.#device.circles.find(({ circle }) => circle.admits(device))
    const who = exchange ? nameOf(exchange.circle, device) : keyText(device)
    const times = this.#repeats.count(`link-misused ${keyText(device)}`)
    if (times === null) return
    const fields = {
      recording: null,
      device: keyText(device),
      reason: reason.message,
      outMs,
      times
    }
    this.#out.event('alarm', { kind: 'link-misused', ...fields })
    this.#out.note(
      `ALARM: the device of ${who} sent what no honest device sends (${reason.message}); it is kept out for ${Math.round(outMs / 1000)} s, then tried again${timesText(times)}`
    )
  }

  full(): void {
    const device = keyText(this.#device.key)
    this.#out.event('alarm', { kind: 'storage-full', recording: null, device })
    this.#out.note(
      'ALARM: this disk is full; what is held stays and is served, nothing new is taken until there is room: free some space'
    )
  }
}
