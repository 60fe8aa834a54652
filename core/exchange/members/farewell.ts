// Tells a device that was cut off so, on the link that still stands when all its channels are closed: one message,
// the line that cut it off, by whoever has read it. Who is not linked at that moment is told by nobody: its
// handshakes are refused.
// Must never: say anything else to a device that the circle does not admit, or hear more than one such message.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import { proveLine } from '../../circle/journal/line-proof.ts'
import type { JournalLine } from '../../circle/roster.ts'
import { hex } from '../../encoding/hex.ts'
import { provenLine } from '../../encoding/journal/proven-line.ts'
import type { ProvenLine } from '../../encoding/journal/proven-line.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { Link } from '../../types/link.ts'

const PROTOCOL = 'temoin/parting/1'

export class Farewell {
  readonly #circle: Circle
  readonly #links: ReadonlySet<Link>

  /** @param links on which the other end is, or was, a member */
  constructor(circle: Circle, links: ReadonlySet<Link>) {
    this.#circle = circle
    this.#links = links
  }

  /** A member at the other end may say that this device is out. */
  listen(link: Link): void {
    const { channel } = this.#circle
    link.mux.pair({ protocol: PROTOCOL, id: channel }, () => this.#hear(link))
  }

  ignore(link: Link): void {
    link.mux.unpair({ protocol: PROTOCOL, id: this.#circle.channel })
  }

  /** These were members until that line. */
  async say(line: JournalLine, devices: readonly DeviceKey[]): Promise<void> {
    const linked = [...this.#links].filter((link) => isTo(link, devices))
    if (linked.length === 0) return
    const reader = this.#circle.readers.get(hex(line.journal))
    const proven = reader && (await proveLine(reader, line.index))
    if (!proven) return
    for (const link of linked) if (!this.#circle.admits(link.device)) this.#send(link, proven)
  }

  #hear(link: Link): void {
    this.ignore(link)
    const channel = this.#open(link, (proven) => {
      this.#circle.learnOut(proven)
      channel?.close()
    })
  }

  #send(link: Link, proven: ProvenLine): void {
    this.#open(link, () => {})?.messages[0]!.send(proven)
  }

  #open(link: Link, onmessage: (proven: ProvenLine) => void) {
    if (link.closed) return null
    const messages = [{ encoding: provenLine, onmessage }]
    const channel = link.mux.createChannel({
      protocol: PROTOCOL,
      id: this.#circle.channel,
      messages
    })
    channel?.open()
    return channel
  }
}

function isTo({ device, closed }: Link, devices: readonly DeviceKey[]): boolean {
  return !closed && devices.some((one) => b4a.equals(one, device))
}
