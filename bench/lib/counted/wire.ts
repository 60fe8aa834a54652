// Bytes on the wire of one device: what its UDP sockets sent and received, with the headers of IP and
// UDP that each packet costs. Counts acknowledgements, receipts and retransmissions: all of it.

import type { Device } from '../../../core/device.ts'

/** IPv4 and UDP headers of one packet. */
const HEADER_BYTES = 28

/** Of all packets of a device since it began. */
export interface Counters {
  bytesTransmitted: number
  bytesReceived: number
  packetsTransmitted: number
  packetsReceived: number
}

export class Wire {
  readonly #counters: Counters | null
  readonly #before: Counters

  constructor(device: Device) {
    this.#counters = countersOf(device)
    this.#before = this.#now()
  }

  /** Bytes both ways since this was made; 0 where there was no link. */
  read(): number {
    return this.sent() + this.#received()
  }

  /** Bytes that left since this was made. */
  sent(): number {
    const { bytesTransmitted, packetsTransmitted } = this.#now()
    const packets = packetsTransmitted - this.#before.packetsTransmitted
    return bytesTransmitted - this.#before.bytesTransmitted + packets * HEADER_BYTES
  }

  #received(): number {
    const { bytesReceived, packetsReceived } = this.#now()
    const packets = packetsReceived - this.#before.packetsReceived
    return bytesReceived - this.#before.bytesReceived + packets * HEADER_BYTES
  }

  #now(): Counters {
    const { bytesTransmitted = 0, bytesReceived = 0 } = this.#counters ?? {}
    const { packetsTransmitted = 0, packetsReceived = 0 } = this.#counters ?? {}
    return { bytesTransmitted, bytesReceived, packetsTransmitted, packetsReceived }
  }
}

/** Null where it has no link. Every stream of a device runs on the sockets of one UDX instance. */
export function countersOf(device: Device): Counters | null {
  const stream = device.network?.links[0]?.stream.rawStream as { udx?: Counters } | undefined
  return stream?.udx ?? null
}
