// One member on one link in one circle: what it told us, and what we told it.

import { NOTHING_TOLD } from '../../circle/remembered/news.ts'
import type { Mark } from '../../circle/remembered/news.ts'
import type { Hello, Room } from '../../encoding/control.ts'
import { hex } from '../../encoding/hex.ts'
import { TemoinError } from '../../errors.ts'
import { HELLOS_ON_A_LINK, JOURNAL_NEWS_ON_A_LINK, LINES_WANTED_ON_A_LINK } from '../../limits.ts'
import { KEYS_WANTED_ON_A_LINK, RECEIPTS_ON_A_LINK } from '../../limits.ts'
import { isFullFor } from '../recordings/intake.ts'
import { Allowance } from '../../replica/allowance.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { Link } from '../../types/link.ts'
import type { ControlChannel } from '../../replica/control-channel.ts'
import { JournalsOfPeer } from '../journals/journals-of-peer.ts'

export class Peer {
  readonly link: Link
  /** Its device key as a name. */
  readonly id: string
  readonly sinceMs: number
  channel: ControlChannel | null = null
  /** How much of the circle's heads and addresses we told it. */
  told: Mark = NOTHING_TOLD
  /** When it was last told of others, on the steady clock. */
  #introducedAtMs = -Infinity
  /** How much of everybody's journals it has, as far as it says so. */
  readonly journals = new JournalsOfPeer()
  /** A link counts as up only after its first message. */
  greeted = false
  /** What it still takes in this circle. */
  room: Room = 'open'
  /** Other clock less ours when it last spoke, ms. */
  clockOffsetMs = 0
  #patience: Timer | null = null
  readonly #steadyMs: () => number
  readonly #hellos: Allowance
  readonly #journalNews: Allowance
  readonly #receipts: Allowance
  readonly #keysWanted: Allowance
  readonly #linesWanted: Allowance

  /** @param steadyMs time that never goes back, ms */
  constructor(link: Link, nowMs: number, steadyMs: () => number) {
    this.link = link
    this.id = hex(link.device)
    this.sinceMs = nowMs
    this.#steadyMs = steadyMs
    this.#hellos = new Allowance(HELLOS_ON_A_LINK, steadyMs())
    this.#journalNews = new Allowance(JOURNAL_NEWS_ON_A_LINK, steadyMs())
    this.#receipts = new Allowance(RECEIPTS_ON_A_LINK, steadyMs())
    this.#keysWanted = new Allowance(KEYS_WANTED_ON_A_LINK, steadyMs())
    this.#linesWanted = new Allowance(LINES_WANTED_ON_A_LINK, steadyMs())
  }

  get device(): DeviceKey {
    return this.link.device
  }

  /** It takes nothing new. */
  get full(): boolean {
    return this.room !== 'open'
  }

  /** It takes no more of a recording of which it has so many blocks. */
  isFullFor(length: number): boolean {
    return isFullFor(this.room, length)
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

  /** Each can make us write and tell others. @throws where so many come that no honest device says them */
  countHello(): void {
    this.#hellos.refill(this.#steadyMs())
    if (this.#hellos.take(1)) return
    throw new TemoinError('BAD_INPUT', 'A member says hello without end: its link is closed')
  }

  /** @throws where so many come that no honest device says them */
  countJournalNews(): void {
    this.#journalNews.refill(this.#steadyMs())
    if (this.#journalNews.take(1)) return
    throw new TemoinError('BAD_INPUT', 'A member tells of journals without end: its link is closed')
  }

  /** False where it has asked for keys more often than it needs to: that is not listened to. */
  mayAskForKeys(): boolean {
    this.#keysWanted.refill(this.#steadyMs())
    return this.#keysWanted.take(1)
  }

  /** False where it has asked for entries of journals more often than it needs to: that is not listened to. */
  mayAskForLines(): boolean {
    this.#linesWanted.refill(this.#steadyMs())
    return this.#linesWanted.take(1)
  }

  /** True where it may be told of others, and then not again for so long. */
  mayBeIntroduced(everyMs: number): boolean {
    const isDue = this.#steadyMs() - this.#introducedAtMs >= everyMs
    if (isDue) this.#introducedAtMs = this.#steadyMs()
    return isDue
  }

  /** As many of these as are looked at: what is signed for now is signed for again with the next block. */
  receiptsOf<T>(all: readonly T[]): T[] {
    this.#receipts.refill(this.#steadyMs())
    return all.filter(() => this.#receipts.take(1))
  }

  heard(hello: Hello, nowMs: number): void {
    clearTimeout(this.#patience)
    this.greeted = true
    this.link.up = true
    this.room = hello.room
    this.clockOffsetMs = hello.wallMs - nowMs
  }
}
