// Bytes on the wire of one device: what its UDP sockets sent and received, with the headers of IP and
// UDP that each packet costs. Counts acknowledgements, receipts and retransmissions: all of it.

import type { Device } from '../../core/device.ts'

/** IPv4 and UDP headers of one packet. */
const HEADER_BYTES = 28

interface Counters {
  bytesTransmitted: number
  bytesReceived: number
  packetsTransmitted: number
  packetsReceived: number
}

export class Wire {
  readonly #counters: Counters | null
  readonly #before: number

  constructor(device: Device) {
    this.#counters = countersOf(device)
    this.#before = this.#total()
  }

  /** Bytes both ways since this was made; 0 where there was no link. */
  read(): number {
    return this.#total() - this.#before
  }

  #total(): number {
    const c = this.#counters
    if (c === null) return 0
    const packets = c.packetsTransmitted + c.packetsReceived
    return c.bytesTransmitted + c.bytesReceived + packets * HEADER_BYTES
  }
}

// Every stream of a device runs on the sockets of one UDX instance.
function countersOf(device: Device): Counters | null {
  const stream = device.network?.links[0]?.stream.rawStream as { udx?: Counters } | undefined
  return stream?.udx ?? null
}
