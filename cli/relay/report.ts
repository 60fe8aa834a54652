// What a running relay tells in its log: events of the library turned into lines. Decides nothing.

import type { Relay, RelayEvents } from '../../relay/relay.ts'
import { bytesText, shortKey, timeText } from '../output/units.ts'
import type { Log } from './log.ts'
import { short } from './log.ts'

const ROOMS = {
  open: 'takes everything again',
  begun: 'takes only more of films that have begun: free some space, or raise the quota',
  none: 'is full and takes nothing new: free some space, or raise the quota; nothing held is given up'
}

export class RelayReport {
  readonly #relay: Relay
  readonly #log: Log

  constructor(relay: Relay, log: Log) {
    this.#relay = relay
    this.#log = log
  }

  start(): void {
    const relay = this.#relay
    const log = this.#log
    relay.on('room', (event) => this.#room(event))
    relay.on('filling', ({ circle, level }) => {
      const text = `Circle ${short(circle)}: ${level} % of the room there is for it is used`
      log.warn('filling', text, { circle: short(circle), percent: level })
    })
    relay.on('recording', ({ circle, recording }) => {
      const fields = { circle: short(circle), recording: short(recording) }
      log.debug('recording', `Circle ${short(circle)}: ${short(recording)} is known`, fields)
    })
    relay.on('held', ({ circle, recording, bytes }) => {
      const fields = { circle: short(circle), recording: short(recording), bytes }
      log.info('held', `Circle ${short(circle)}: ${short(recording)}, ${bytesText(bytes)}`, fields)
    })
    relay.on('damaged', ({ recording, blocks }) => {
      const fields = { recording: short(recording), blocks }
      const text = `${blocks} blocks of ${short(recording)} were damaged on this disk: put aside, and fetched again from the others; have the disk looked at`
      log.error('damaged', text, fields)
    })
    relay.on('heard', ({ circle, device }) => {
      const fields = { circle: short(circle), device: shortKey(device) }
      const text = `Circle ${short(circle)}: ${shortKey(device)} has heard that this relay leaves`
      log.info('heard', text, fields)
    })
    relay.on('trouble', (err) => {
      log.warn('trouble', `Something did not work: ${reasonOf(err)}`, { reason: reasonOf(err) })
    })
    this.#onDevice()
  }

  #room({ circle, verdict }: RelayEvents['room'][0]): void {
    const { room, why } = verdict
    const fields = { circle: short(circle), room, why }
    const text = `Circle ${short(circle)} ${ROOMS[room]}`
    if (room === 'open') this.#log.info('room', text, fields)
    else this.#log.error('room', text, fields)
  }

  #onDevice(): void {
    const { device } = this.#relay
    const log = this.#log
    device.on('full', () => log.error('disk-full', 'The disk is full: free some space at once'))
    device.on('room', () => log.info('disk-room', 'There is room on the disk again'))
    device.on('damaged', ({ bytesLost }) => {
      const text = `The store was damaged at its end, after a crash or a power cut: what is missing is fetched again`
      log.warn('store-damaged', text, { bytesLost })
    })
    device.on('attempt', ({ kind }) => {
      log.warn('attempt', `Somebody tried to take back what is held (${kind}): refused`, { kind })
    })
    device.on('misuse', ({ device: who, outMs }) => {
      const text = `The device ${shortKey(who)} sent what no honest device sends: kept out for ${timeText(outMs / 1000)}`
      log.warn('misuse', text, { device: shortKey(who), outMs })
    })
  }
}

/** A code or the kind of an error: its words may carry keys or paths. */
function reasonOf(err: unknown): string {
  const { code, name } = (err ?? {}) as { code?: unknown; name?: unknown }
  return String(code ?? name ?? 'unknown').slice(0, 60)
}
