// Everything that passes between this device and the members of one circle: introductions, journals,
// recordings, receipts. Decides which core is attached to which link; knows every replica.
// Must never: attach a core to a link whose device the circle does not admit.

import ReadyResource from 'ready-resource'
import type { Circle } from '../circle/circle.ts'
import type { JournalLine } from '../circle/roster.ts'
import type { Address } from '../encoding/address.ts'
import type { Room } from '../encoding/control.ts'
import type { RecordingAnnounced } from '../encoding/journal/journal-entry.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { FIRST_HOPS } from '../limits.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import type { DeviceKey, RecordingKey } from '../types/keys.ts'
import type { Link } from '../types/link.ts'
import type { Announced } from '../replica/announced.ts'
import type { Replica } from '../replica/replica.ts'
import type { Alarms } from './alarms/alarms.ts'
import { Gathered } from './gathered.ts'
import { JournalExchange } from './journals/journal-exchange.ts'
import { Introducing } from './members/introducing.ts'
import type { Peer } from './members/peer.ts'
import { Peers } from './members/peers.ts'
import { Intake } from './recordings/intake.ts'
import { Recordings } from './recordings/recordings.ts'
import type { RecordingsEvents } from './recordings/options.ts'
import type { Watch } from './alarms/watch.ts'

/** What is new of ourselves, and comes together, leaves together. */
const NEWS_EVERY_MS = 100

const FORWARDED = [
  ...(['known', 'recording', 'progress', 'sealed', 'signed'] as const),
  ...(['alarm', 'trouble'] as const)
] as const

export interface ExchangeEvents extends RecordingsEvents {
  /** A member came, went, or said its disk is full. */
  presence: [Peer]
}

export interface ExchangeOptions {
  circle: Circle
  store: EvidenceStore
  keys: DeviceKeys
  /** Where this device can be reached now. */
  addresses: () => Address[]
  /** True while this device's disk takes no more. */
  isFull: () => boolean
  /** Less than the disk would take, for whoever holds within limits of its own. @default 'open' */
  room?: (() => Room) | undefined
  now: () => number
}

export class Exchange extends ReadyResource<ExchangeEvents> {
  readonly circle: Circle
  readonly #options: ExchangeOptions
  readonly #peers: Peers
  readonly #intake: Intake
  readonly #recordings: Recordings
  readonly #journals: JournalExchange
  readonly #introducing: Introducing
  readonly #news = new Gathered(() => this.sayHelloToAll(), NEWS_EVERY_MS)

  constructor(options: ExchangeOptions) {
    super()
    const { circle, store, keys, now } = options
    this.#options = options
    this.circle = circle
    const peers = (): Peer[] => this.peers
    this.#intake = new Intake(options)
    this.#recordings = new Recordings({ circle, store, keys, now, intake: this.#intake, peers })
    this.#introducing = new Introducing({
      ...{ circle, self: keys.device, addresses: options.addresses, peers, now },
      room: () => this.#intake.room
    })
    this.#peers = new Peers({
      circle,
      now,
      hello: (peer) => this.#introducing.hello(peer),
      handlers: (peer) => ({
        ...this.#recordings.talk.handlers(peer),
        onJournals: (lengths) => this.#journals.heard(peer, lengths),
        onLinesWanted: (wanted) => this.#journals.asked(peer, wanted),
        onLine: (line) => this.#journals.shown(peer, line)
      }),
      onGreeted: (peer) => this.#greet(peer),
      onHello: (peer) => this.watch.greeted(peer),
      onGone: (peer) => this.#part(peer),
      onPresence: (peer) => this.emit('presence', peer)
    })
    this.#journals = new JournalExchange({
      ...{ circle, store, self: keys.device, peers, now },
      introduce: (peer) => this.#introducing.introduce(peer)
    })
    for (const event of FORWARDED) {
      this.#recordings.on(event, (...args: any[]) => void this.emit(event, ...(args as never)))
    }
  }

  protected override async _open(): Promise<void> {
    const { circle } = this
    circle.on('line', this.#onLine)
    circle.on('roster', this.#onRoster)
    circle.on('cut', this.#onCut)
    circle.on('introduction', this.#onIntroduction)
    this.#journals.start()
    await this.#recordings.ready()
  }

  protected override async _close(): Promise<void> {
    const { circle } = this
    this.#news.stop()
    circle.off('line', this.#onLine)
    circle.off('roster', this.#onRoster)
    circle.off('cut', this.#onCut)
    circle.off('introduction', this.#onIntroduction)
    this.#journals.close()
    this.#peers.close()
    await this.#recordings.close()
  }

  /** Members linked and heard from. */
  get peers(): Peer[] {
    return this.#peers.greeted
  }

  /** The recordings of this circle, without those of revoked devices from after their revocation. */
  get replicas(): Replica[] {
    return this.#recordings.all
  }

  /** Those of revoked devices from after their revocation: kept where they came here, passed on to nobody. */
  get apart(): Replica[] {
    return this.#recordings.apart
  }

  /** Bytes of what is held of them. */
  heldBytes(): Promise<number> {
    return this.#options.store.bytes(this.replicas.map(({ key }) => key))
  }

  /** Resolves when all that was written before is on the disk itself, whatever becomes of the power. */
  durable(): Promise<void> {
    return this.#options.store.durable()
  }

  /** How many recordings there was no room for: nothing of them is here, unless it was before. */
  get refused(): number {
    return this.#recordings.refused
  }

  /** When what this member holds may be gone, ms since 1970; null where it is not leaving. */
  leavesAt(device: DeviceKey): number | null {
    return this.#recordings.leavings.dueOf(device)
  }

  /** This device will delete what it holds of this circle, not before then; null: it stays after all. */
  async sayLeaving(dueAtMs: number | null): Promise<void> {
    const { keys, now } = this.#options
    const atMs = Math.max(now(), this.#recordings.leavings.saidAtOf(keys.device) + 1)
    await this.circle.say({ kind: 'leaving', body: { dueAtMs, atMs } })
  }

  /** What this device last said of its leaving, and which linked members have that; null where it stays. */
  get notice(): { atMs: number; heardBy: DeviceKey[] } | null {
    const { leavings } = this.#recordings
    const { device } = this.#options.keys
    const said = leavings.saidIn(device)
    if (said === null || leavings.dueOf(device) === null) return null
    const heard = this.peers.filter((peer) => this.#journals.has(peer, said.journal, said.index))
    return { atMs: leavings.saidAtOf(device), heardBy: heard.map((peer) => peer.device) }
  }

  isApart(replica: Replica): boolean {
    return this.#recordings.isApart(replica)
  }

  get alarms(): Alarms {
    return this.#recordings.alarms
  }

  get watch(): Watch {
    return this.#recordings.watch
  }

  replica(key: RecordingKey): Replica | null {
    return this.#recordings.get(key)
  }

  peerOf(device: DeviceKey): Peer | null {
    return this.#peers.of(device)
  }

  /** A link to a device this circle admits. */
  addLink(link: Link): void {
    if (!this.closing) this.#peers.add(link)
  }

  removeLink(link: Link): void {
    this.#peers.remove(link)
  }

  /** Tells every member something that a hello carries: our addresses, our heads, a full disk. */
  sayHelloToAll(): void {
    this.#peers.sayHelloToAll()
  }

  /** Our own film: announced before its first block leaves, pushed as it is made. */
  film(announced: Announced): Promise<Replica> {
    return this.#recordings.film(announced)
  }

  /**
   * Our own film, announced in our journal and that on our disk: whoever is linked hears of it here and
   * now, and is pushed it by us or by whom we name. By way of the journal it takes a bad line seconds.
   *
   * @param firstHops how many members to upload to; the others have it from them
   */
  tellFilm(replica: Replica, body: RecordingAnnounced, firstHops: number = FIRST_HOPS): void {
    this.#recordings.tellFilm(replica, body, firstHops)
  }

  /** The other end asks for a core that is not attached: ours to serve if it is one of this circle's. */
  async serve(link: Link, discoveryKey: Uint8Array): Promise<boolean> {
    const peer = this.#peers.on(link)
    if (peer && this.#journals.serve(peer, discoveryKey)) return true
    const replica = this.#recordings.byDiscoveryKey(discoveryKey)
    if (peer === null || replica === null || this.isApart(replica)) return false
    await replica.wake()
    if (this.#peers.on(link) !== peer) return false // revoked, or gone, meanwhile
    replica.attach(link)
    return true
  }

  #greet(peer: Peer): void {
    this.#journals.greet(peer)
    this.#recordings.talk.greet(peer)
  }

  #part(peer: Peer): void {
    this.#journals.part(peer)
    this.#recordings.talk.part(peer)
  }

  readonly #onLine = (line: JournalLine): void => {
    this.#journals.read(line)
    this.#recordings.read(line)
  }

  readonly #onRoster = (): void => {
    this.#peers.dropStrangers()
    this.#recordings.onRoster()
  }

  readonly #onCut = (line: JournalLine, devices: DeviceKey[]): void => {
    this.#peers.dismiss(line, devices).catch((err: unknown) => this.emit('trouble', err))
  }

  readonly #onIntroduction = (whose: 'ours' | 'theirs'): void => {
    if (whose === 'ours') this.#news.ask()
    else this.#journals.introduced()
  }
}
