// One member on one link in one circle: what it told us, and what we told it.

import { NOTHING_TOLD } from '../../circle/news.ts'
import type { Mark } from '../../circle/news.ts'
import type { Hello } from '../../encoding/control.ts'
import { hex } from '../../encoding/hex.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { Link } from '../../types/link.ts'
import type { ControlChannel } from '../../replica/control-channel.ts'

export class Peer {
  readonly link: Link
  /** Its device key as a name. */
  readonly id: string
  readonly sinceMs: number
  channel: ControlChannel | null = null
  /** How much of the circle's heads and addresses we told it. */
  told: Mark = NOTHING_TOLD
  /** A link counts as up only after its first message. */
  greeted = false
  /** The other end's disk takes no more. */
  full = false
  /** Other clock less ours when it last spoke, ms. */
  clockOffsetMs = 0
  #patience: Timer | null = null

  constructor(link: Link, nowMs: number) {
    this.link = link
    this.id = hex(link.device)
    this.sinceMs = nowMs
  }

  get device(): DeviceKey {
    return this.link.device
  }

  /** A link on which nobody has said anything by then is closed. */
  expectHello(timeoutMs: number): void {
    this.#patience = setTimeout(() => {
      if (!this.link.up) this.link.close()
    }, timeoutMs)
  }

  gone(): void {
    clearTimeout(this.#patience)
  }

  heard(hello: Hello, nowMs: number): void {
    clearTimeout(this.#patience)
    this.greeted = true
    this.link.up = true
    this.full = hello.full
    this.clockOffsetMs = hello.wallMs - nowMs
  }
}
