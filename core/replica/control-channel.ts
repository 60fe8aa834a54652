// The control channel of one circle on one link, as methods and handlers.

import type { Channel, Message } from 'protomux'
import { CONTROL_IDS, CONTROL_MESSAGES, CONTROL_NAMES } from '../encoding/control-messages.ts'
import type { ControlBody, ControlName } from '../encoding/control-messages.ts'
import type {
  Follow,
  Hello,
  JournalLength,
  KeyWanted,
  LinesWanted,
  LiveBlock,
  Refuse,
  Route,
  Unfollow
} from '../encoding/control.ts'
import type { RecordingAnnounced } from '../encoding/journal/journal-entry.ts'
import type { ProvenLine } from '../encoding/journal/proven-line.ts'
import type { Receipt } from '../encoding/recording/receipt.ts'
import type { ToldFilm } from '../encoding/recording/told-film.ts'
import { MAX_LINK_BACKLOG_BYTES } from '../limits.ts'
import type { RecordingKey } from '../types/keys.ts'
import type { Link } from '../types/link.ts'

const PROTOCOL = 'temoin/control/1'

export interface ControlHandlers {
  onHello(message: Hello): unknown
  onFollow(message: Follow): unknown
  onUnfollow(message: Unfollow): unknown
  onRefuse(message: Refuse): unknown
  onBlock(message: LiveBlock): unknown
  onReceipts(message: Receipt[]): unknown
  onFilm(message: RecordingAnnounced): unknown
  onRoute(message: Route): unknown
  onRepeated(message: ToldFilm): unknown
  onJournals(message: JournalLength[]): unknown
  onKeysWanted(message: KeyWanted[]): unknown
  onLinesWanted(message: LinesWanted): unknown
  onLine(message: ProvenLine): unknown
  onClose(): unknown
}

type Handlers = { [Name in ControlName]: (message: ControlBody<Name>) => unknown }

export class ControlChannel {
  readonly link: Link
  readonly #channel: Channel
  #waitingBytes = 0
  #heldBytes = 0

  private constructor(link: Link, channel: Channel) {
    this.link = link
    this.#channel = channel
  }

  /**
   * Calls `onOpen` whenever the other end opens the channel of the circle with this id and we have
   * not: two devices may learn at different times that they share a circle.
   */
  static expect(link: Link, id: Uint8Array, onOpen: () => void): void {
    link.mux.pair({ protocol: PROTOCOL, id }, onOpen)
  }

  static expectNoMore(link: Link, id: Uint8Array): void {
    link.mux.unpair({ protocol: PROTOCOL, id })
  }

  /** Opens the channel of the circle with this id, or returns null where it is open already. */
  static open(link: Link, id: Uint8Array, handlers: ControlHandlers): ControlChannel | null {
    if (link.closed) return null
    let opened: ControlChannel | null = null
    const channel = link.mux.createChannel({
      protocol: PROTOCOL,
      id,
      messages: CONTROL_NAMES.map((name) => ({
        encoding: CONTROL_MESSAGES[name],
        onmessage: handlerOf(handlers, name)
      })),
      ondrain: () => opened?.drained(),
      onclose: () => handlers.onClose()
    })
    if (channel === null) return null
    opened = new ControlChannel(link, channel)
    channel.open()
    return opened
  }

  get closed(): boolean {
    return this.#channel.closed || this.link.closed
  }

  sayHello(message: Hello): void {
    this.#send('hello', message)
  }

  follow(message: Follow): void {
    this.#send('follow', message)
  }

  unfollow(recording: RecordingKey): void {
    this.#send('unfollow', { recording })
  }

  /** @param first what comes before this block has to be fetched; 0 where it is not for that */
  refuse(recording: RecordingKey, first = 0): void {
    this.#send('refuse', { recording, first })
  }

  pushBlock(block: LiveBlock): void {
    const { byteLength } = block.value
    const taken = this.#send('block', block)
    if (this.link.mux.corked > 0) this.#heldBytes += byteLength
    else if (!taken) this.#waitingBytes += byteLength
  }

  tellFilm(message: RecordingAnnounced): void {
    this.#send('film', message)
  }

  /** Another member's film, which no journal here tells of. */
  repeatFilm(message: ToldFilm): void {
    this.#send('repeated', message)
  }

  /** How much of these journals we have. */
  tellJournals(message: JournalLength[]): void {
    this.#send('journals', message)
  }

  /** None of our keys opens these. */
  askForKeys(message: KeyWanted[]): void {
    this.#send('keys', message)
  }

  /** What its own core cannot give us of a journal, and others hold. */
  askForLines(message: LinesWanted): void {
    this.#send('lines', message)
  }

  showLine(message: ProvenLine): void {
    this.#send('line', message)
  }

  tellRoute(message: Route): void {
    this.#send('route', message)
  }

  /** Until `release`, what is sent on this link waits, to leave as one. */
  hold(): void {
    this.link.mux.cork()
  }

  release(): void {
    const { mux } = this.link
    mux.uncork()
    if (!mux.drained) this.#waitingBytes += this.#heldBytes
    this.#heldBytes = 0
  }

  sendReceipts(list: Receipt[]): void {
    this.#send('receipts', list)
  }

  /** False where so much waits in the link already that more would only fill the memory. */
  hasRoomFor(bytes: number): boolean {
    return this.#waitingBytes + bytes <= MAX_LINK_BACKLOG_BYTES
  }

  /** The stream took everything that waited. */
  drained(): void {
    this.#waitingBytes = 0
  }

  close(): void {
    this.#channel.close()
  }

  /** True where the stream took it at once. */
  #send<Name extends ControlName>(name: Name, message: ControlBody<Name>): boolean {
    if (this.closed) return true
    return (this.#channel.messages[CONTROL_IDS[name]] as Message<unknown>).send(message)
  }
}

/** A message without a handler, or with one for another body, does not compile. */
function handlerOf(handlers: ControlHandlers, name: ControlName): (message: any) => unknown {
  const all: Handlers = {
    hello: (message) => handlers.onHello(message),
    follow: (message) => handlers.onFollow(message),
    unfollow: (message) => handlers.onUnfollow(message),
    refuse: (message) => handlers.onRefuse(message),
    block: (message) => void handlers.onBlock(message),
    receipts: (message) => handlers.onReceipts(message),
    film: (message) => handlers.onFilm(message),
    route: (message) => handlers.onRoute(message),
    repeated: (message) => handlers.onRepeated(message),
    journals: (message) => handlers.onJournals(message),
    keys: (message) => handlers.onKeysWanted(message),
    lines: (message) => handlers.onLinesWanted(message),
    line: (message) => handlers.onLine(message)
  }
  return all[name]
}
