// Everything that passes between this device and the members of one circle: introductions, journals,
// recordings, receipts. Decides which core is attached to which link; knows every replica.
// Must never: attach a core to a link whose device the circle does not admit.

import b4a from 'b4a'
import type Hypercore from 'hypercore'
import ReadyResource from 'ready-resource'
import type { Circle } from '../circle/circle.ts'
import type { JournalLine } from '../circle/roster.ts'
import type { Address } from '../encoding/address.ts'
import type { Hello, LiveBlock } from '../encoding/control.ts'
import type { RecordingAnnounced } from '../encoding/journal-entry.ts'
import type { Receipt } from '../encoding/receipt.ts'
import { systemCode } from '../errors.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { steady } from '../runtime/clock.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import type { Attempt } from '../store/guard.ts'
import type { DeviceKey, RecordingKey } from '../types/keys.ts'
import type { Link } from '../types/link.ts'
import { announcedBy, announcedIn } from '../replica/announced.ts'
import type { Announced } from '../replica/announced.ts'
import { ControlChannel } from '../replica/control-channel.ts'
import { Alarms } from './alarms.ts'
import type { RaisedAlarm } from './alarms.ts'
import { Apart } from './apart.ts'
import { Followings } from './followings.ts'
import { Gathered } from './gathered.ts'
import { JournalReceipts } from './journal-receipts.ts'
import { Peer } from './peer.ts'
import { ReceiptIntake } from './receipt-intake.ts'
import { Replicas } from './replicas.ts'
import { Watch } from './watch.ts'
import type { Replica } from '../replica/replica.ts'

/** A link that has said nothing by then is no link. */
const HELLO_TIMEOUT_MS = 10_000
const TICK_MS = 250
/** News of heads and addresses that come together leave together. */
const NEWS_EVERY_MS = 100
/** Receipts in one message. */
const MAX_RECEIPTS = 256

export interface ExchangeEvents {
  recording: [Replica]
  /** A replica grew here, or somebody's receipt for it came in. */
  progress: [Replica]
  sealed: [Replica]
  /** A member came, went, or said its disk is full. */
  presence: [Peer]
  /** Ours, as it is raised, or another member's, as its journal comes. */
  alarm: [RaisedAlarm]
  trouble: [unknown]
}

export interface ExchangeOptions {
  circle: Circle
  store: EvidenceStore
  keys: DeviceKeys
  /** Where this device can be reached now. */
  addresses: () => Address[]
  /** True while this device's disk takes no more. */
  isFull: () => boolean
  now: () => number
}

export class Exchange extends ReadyResource<ExchangeEvents> {
  readonly circle: Circle
  readonly #options: ExchangeOptions
  readonly #peers = new Map<Link, Peer>()
  /** Links on which the other end may open the channel, whether it is open or not. */
  readonly #links = new Set<Link>()
  readonly #replicas: Replicas
  readonly #followings: Followings
  readonly #journalReceipts: JournalReceipts
  readonly #intake: ReceiptIntake
  readonly #apart: Apart
  readonly alarms: Alarms
  readonly watch: Watch
  readonly #news = new Gathered(() => this.sayHelloToAll(), NEWS_EVERY_MS)
  #opening: Promise<unknown> = Promise.resolve()
  #timer: Timer | null = null

  constructor(options: ExchangeOptions) {
    super()
    this.#options = options
    this.circle = options.circle
    const steadyMs = steady(options.now) // waits must end though the clock is set back an hour
    this.#followings = new Followings({ ...options, now: steadyMs })
    this.#apart = new Apart(options.circle)
    const { circle, store, keys, now } = options
    const replicaOf = (key: RecordingKey): Replica | null => this.replica(key)
    const replicas = (): Replica[] => this.#replicas.all
    const self = keys.device
    const written = (key: RecordingKey): number => replicaOf(key)?.receipts.journaledOf(self) ?? 0
    this.#journalReceipts = new JournalReceipts({ circle, written, now })
    const onNew = (replica: Replica): void => this.#listenTo(replica)
    this.#replicas = new Replicas({ store, keys, now, steadyMs, onNew })
    const onAlarm = (alarm: RaisedAlarm): void => void this.emit('alarm', alarm)
    const onError = (err: unknown): void => void this.emit('trouble', err)
    this.alarms = new Alarms({ circle, self, replicaOf, now, onAlarm, onError })
    this.watch = new Watch({
      ...{ circle, alarms: this.alarms, self, now, replicaOf },
      peers: () => this.peers,
      onOwnLoss: (recording, length) => this.#journalReceipts.lose(recording, length)
    })
    this.#intake = new ReceiptIntake({
      ...{ circle, replicaOf, replicas, self },
      onFalse: (...found) => this.watch.falseReceipt(...found),
      onRival: (...found) => void this.watch.rivalReceipt(...found)
    })
  }

  protected override async _open(): Promise<void> {
    const { circle } = this
    const { store, keys } = this.#options
    circle.on('line', this.#onLine)
    circle.on('roster', this.#onRoster)
    circle.on('introduction', this.#onIntroduction)
    circle.on('journal', this.#onJournal)
    store.on('attempt', this.#onAttempt)
    for (const line of circle.lines) this.#onLine(line, false)
    const isKnown = circle.heads.some(({ device }) => b4a.equals(device, keys.device))
    if (store.isLossUntold && isKnown && !(await this.watch.lost(null))) store.keepLossUntold()
    for (const { device, body } of circle.state.films) {
      this.#openLater(announcedBy(circle.id, device, body))
    }
    await this.#opening
    this.#timer = setInterval(() => this.#tick(), TICK_MS)
  }

  protected override async _close(): Promise<void> {
    const { circle } = this
    clearInterval(this.#timer)
    this.#news.stop()
    circle.off('line', this.#onLine)
    circle.off('roster', this.#onRoster)
    circle.off('introduction', this.#onIntroduction)
    circle.off('journal', this.#onJournal)
    this.#options.store.off('attempt', this.#onAttempt)
    for (const link of this.#links) ControlChannel.expectNoMore(link, circle.channel)
    for (const peer of this.#peers.values()) peer.channel?.close()
    this.#peers.clear()
    await this.#opening.catch(() => {})
    await this.#replicas.close()
    await this.#journalReceipts.close() // after the replicas, whose last receipts it writes
  }

  /** Members linked and heard from. */
  get peers(): Peer[] {
    return [...this.#peers.values()].filter((peer) => peer.greeted)
  }

  /** The recordings of this circle, without those of revoked devices from after their revocation. */
  get replicas(): Replica[] {
    return this.#replicas.all.filter((replica) => !this.isApart(replica))
  }

  /** Those of revoked devices from after their revocation: kept where they came here, passed on to nobody. */
  get apart(): Replica[] {
    return this.#replicas.all.filter((replica) => this.isApart(replica))
  }

  isApart(replica: Replica): boolean {
    return this.#apart.has(replica)
  }

  replica(key: RecordingKey): Replica | null {
    return this.#replicas.get(key)
  }

  peerOf(device: DeviceKey): Peer | null {
    return this.peers.find((peer) => b4a.equals(peer.device, device)) ?? null
  }

  /** A link to a device this circle admits. */
  addLink(link: Link): void {
    if (this.closing || this.#peers.has(link) || !this.circle.admits(link.device)) return
    const peer = new Peer(link, this.#options.now())
    this.#peers.set(link, peer)
    this.#links.add(link)
    ControlChannel.expect(link, this.circle.channel, () => this.addLink(link))
    peer.channel = ControlChannel.open(link, this.circle.channel, {
      onHello: (hello) => this.#onHello(peer, hello),
      onFollow: ({ recording, start }) => this.#onFollow(peer, recording, start),
      onUnfollow: ({ recording }) => this.replica(recording)?.upstream.unfollow(peer.channel!),
      onRefuse: ({ recording }) => this.#followings.refused(this.replica(recording), peer),
      onBlock: (block) => this.#onBlock(peer, block),
      onReceipts: (receipts) => receipts.forEach((receipt) => this.#intake.take(receipt)),
      onFilm: (body) => this.#onFilm(peer, body),
      onClose: () => this.removeLink(link)
    })
    if (peer.channel === null) return void this.#peers.delete(link)
    peer.channel.sayHello(this.#hello(peer))
    peer.expectHello(HELLO_TIMEOUT_MS)
  }

  removeLink(link: Link): void {
    if (link.closed) this.#links.delete(link)
    const peer = this.#peers.get(link)
    if (peer === undefined) return
    this.#peers.delete(link)
    peer.gone()
    for (const replica of this.#replicas.all) {
      if (peer.channel) replica.upstream.unfollow(peer.channel)
      if (b4a.equals(replica.announced.author, peer.device)) this.#journalReceipts.flush()
      this.#release(replica, peer)
    }
    for (const journal of this.circle.journals) this.#options.store.detach(journal, link)
    if (peer.greeted) this.emit('presence', peer)
  }

  /** Our own film: announced before its first block leaves, pushed as it is made. */
  async film(announced: Announced): Promise<Replica> {
    return this.#opened(await this.#replicas.add(announced, { filming: true }))
  }

  /**
   * Our own film, announced in our journal and that on our disk: whoever is linked hears of it here and
   * now, and is pushed it unasked. By way of the journal it takes a bad line seconds to ask for it.
   */
  tellFilm(replica: Replica, body: RecordingAnnounced): void {
    for (const { channel } of this.peers) {
      if (channel === null) continue
      channel.tellFilm(body)
      replica.upstream.follow(channel, 0, 0)
    }
  }

  /** Tells every member something that a hello carries: our addresses, our heads, a full disk. */
  sayHelloToAll(): void {
    for (const peer of this.#peers.values()) peer.channel?.sayHello(this.#hello(peer))
  }

  /** Everything at first, then what this peer has not been told on this link. */
  #hello(peer: Peer): Hello {
    const { addresses, isFull, now, keys } = this.#options
    const { heads, peers, mark } = this.circle.newsSince(peer.told)
    peer.told = mark
    const here = { device: keys.device, addresses: addresses() }
    return { wallMs: now(), heads, peers: [here, ...peers].slice(0, 256), full: isFull() }
  }

  async #onHello(peer: Peer, hello: Hello): Promise<void> {
    const first = !peer.greeted
    const wasFull = peer.full
    peer.heard(hello, this.#options.now())
    await this.circle.meet(hello.heads, hello.peers, peer.device)
    if (this.#peers.get(peer.link) !== peer) return // revoked, or gone, meanwhile
    if (first) this.#greet(peer)
    this.watch.greeted(peer)
    if (first || wasFull !== peer.full) this.emit('presence', peer)
  }

  /** Attaches what is open here, and tells the other end what we hold of its own recordings. */
  #greet({ link, device, channel }: Peer): void {
    const { store, keys } = this.#options
    for (const journal of this.circle.journals) store.attach(journal, link)
    for (const replica of this.replicas) {
      if (replica.sealed || replica.core) replica.attach(link)
      else void this.#rouse(replica)
    }
    const theirs = this.replicas.filter(({ announced }) => b4a.equals(announced.author, device))
    const receipts = theirs.flatMap((replica) => replica.receipts.of(keys.device) ?? [])
    for (let i = 0; i < receipts.length; i += MAX_RECEIPTS) {
      channel?.sendReceipts(receipts.slice(i, i + MAX_RECEIPTS))
    }
  }

  /** Opens a replica that rests though it may not be whole: somebody linked may have the rest of it. */
  async #rouse(replica: Replica): Promise<void> {
    try {
      await replica.wake()
      for (const { link } of this.peers) replica.attach(link)
    } catch (err) {
      if (!this.closing) this.emit('trouble', err)
    }
  }

  /** The other end asks for a core that is not attached: ours to serve if it is one of this circle's. */
  async serve(link: Link, discoveryKey: Uint8Array): Promise<boolean> {
    const peer = this.#peers.get(link)
    const replica = this.#replicas.byDiscoveryKey(discoveryKey)
    if (peer === undefined || replica === null || this.isApart(replica)) return false
    await replica.wake()
    if (this.#peers.get(link) !== peer) return false // revoked, or gone, meanwhile
    replica.attach(link)
    return true
  }

  /** Its blocks come right behind: what tells us of it is on the disk before any of them is. */
  async #onFilm({ device, link }: Peer, body: RecordingAnnounced): Promise<void> {
    const announced = announcedBy(this.circle.id, device, body)
    if (announced === null || this.#replicas.knows(announced.recording)) return
    const after = this.circle.rememberFilm(device, body)
    if (after === null) return
    try {
      const replica = await this.#replicas.add(announced, { pushed: true, after })
      const peer = this.#peers.get(link)
      if (peer) this.#followings.adopt(replica, peer)
      this.#opened(replica)
    } catch (err) {
      this.emit('trouble', err)
    }
  }

  async #onFollow(peer: Peer, recording: RecordingKey, start: number): Promise<void> {
    const replica = this.replica(recording)
    if (replica === null || this.isApart(replica)) return peer.channel?.refuse(recording)
    replica.upstream.follow(peer.channel!, start, replica.core?.length ?? 0)
  }

  async #onBlock(peer: Peer, block: LiveBlock): Promise<void> {
    const replica = this.replica(block.recording) ?? (await this.#replicas.settled(block.recording))
    if (replica === null || this.isApart(replica) || this.#options.isFull()) return
    void this.watch.pushed(replica, peer, block).catch(() => {})
    try {
      if (await replica.accept(block, peer.device)) replica.source = peer.device
    } catch (err) {
      this.#followings.failed(replica, peer)
      if (systemCode(err) !== null) this.emit('trouble', err)
    }
  }

  readonly #onAttempt = (attempt: Attempt): void => this.watch.attempt(attempt)

  readonly #onLine = (line: JournalLine, isNew = true): void => {
    if (this.#apart.take(line)) return this.#openLater(announcedIn(this.circle.id, line), true)
    if (line.entry.kind === 'receipts') this.#sortOut() // it may vouch for what was kept apart
    this.#intake.read(line)
    this.alarms.read(line, isNew)
    if (line.entry.kind === 'recording-sealed') this.#replicas.end(line.device, line.entry.body)
    this.#openLater(announcedIn(this.circle.id, line))
  }

  /** Said by a revoked device afterwards: what is here of it stays, and nothing more is fetched. */
  readonly #sortOut = (): void => {
    const { lines, out, back } = this.#apart.sort(this.#replicas.all)
    for (const line of lines) this.#onLine(line)
    for (const replica of out) {
      replica.upstream.clear()
      for (const peer of this.peers) this.#release(replica, peer)
    }
    for (const replica of back) for (const { link } of this.peers) replica.attach(link)
  }

  #release(replica: Replica, peer: Peer): void {
    this.#followings.lost(replica, peer)
    if (replica.core) this.#options.store.detach(replica.core, peer.link)
  }

  /** @param onlyHere where none of its blocks is here, it stays so */
  #openLater(announced: Announced | null, onlyHere = false): void {
    if (announced === null || this.#replicas.knows(announced.recording)) return
    this.#opening = this.#opening
      .catch(() => {})
      .then(async () => {
        if (onlyHere && !(await this.#options.store.has(announced.recording))) return
        this.#opened(await this.#replicas.add(announced))
      })
      .catch((err) => this.emit('trouble', err))
  }

  #opened(replica: Replica): Replica {
    this.emit('recording', replica)
    if (this.isApart(replica)) return replica
    for (const peer of this.peers) replica.attach(peer.link)
    this.#intake.recall(replica)
    this.#followings.update(replica, this.peers)
    return replica
  }

  #listenTo(replica: Replica): void {
    this.#intake.prime(replica)
    replica.on('lost', (length) => void this.watch.lost(replica.key, length))
    replica.on('grow', () => {
      this.emit('progress', replica)
      if (this.isApart(replica)) return
      this.watch.grew(replica)
      this.#followings.update(replica, this.peers)
    })
    replica.on('held', ({ length }) => {
      this.emit('progress', replica)
      if (replica.core === null && length > replica.length) void this.#rouse(replica)
    })
    replica.on('sealed', () => {
      this.emit('sealed', replica)
      this.#journalReceipts.flush() // the last receipt may have been signed before the seal was read
    })
    replica.on('trouble', (err) => this.emit('trouble', err))
    replica.on('receipt', (receipt) => this.#sendReceipt(replica, receipt))
  }

  #sendReceipt(replica: Replica, receipt: Receipt): void {
    const { author } = replica.announced
    if (b4a.equals(author, this.#options.keys.device)) return
    this.peerOf(author)?.channel?.sendReceipts([receipt])
    this.#journalReceipts.add(receipt)
    this.emit('progress', replica)
    if (replica.sealed) this.#journalReceipts.flush()
  }

  readonly #onRoster = (): void => {
    for (const peer of this.#peers.values()) {
      if (!this.circle.admits(peer.device)) peer.channel?.close()
    }
    this.#intake.recallAll()
    this.#sortOut()
  }

  readonly #onIntroduction = (): void => {
    this.#news.ask()
  }

  readonly #onJournal = (journal: Hypercore): void => {
    for (const { link } of this.peers) this.#options.store.attach(journal, link)
  }

  #tick(): void {
    for (const replica of this.replicas) this.#followings.update(replica, this.peers)
    this.#replicas.restIdle()
    this.#journalReceipts.tick()
    this.watch.tick()
  }
}
