// One recording on this device: its blocks, how far they reach, who else holds it, and how its blocks
// come in (pushed or fetched) and go out. Ours while we film, and everybody else's.
// Rests (its core closed) when it is complete and nobody asks for it; wakes when somebody does.
// Must never: count as held what is not on this disk.

import type Hypercore from 'hypercore'
import type { CorePeer } from 'hypercore'
import ReadyResource from 'ready-resource'
import type { Entry } from '../encoding/entry.ts'
import type { Receipt } from '../encoding/receipt.ts'
import { systemCode } from '../errors.ts'
import type { RecordingReader } from '../recording/reader.ts'
import { Timeline } from '../recording/timeline.ts'
import type { SignedBlock } from '../recording/writer.ts'
import type { DeviceKey } from '../types/keys.ts'
import type { Link } from '../types/link.ts'
import { Acker } from './receipts/acker.ts'
import type { Announced } from './announced.ts'
import { Fetching } from './following/fetching.ts'
import type { Mode } from './following/follow-policy.ts'
import { OwnFilm } from './pushed/own-film.ts'
import type { Published } from './pushed/published.ts'
import { PushedIn } from './pushed/pushed-in.ts'
import type { ReplicaEvents, ReplicaOptions } from './replica-options.ts'
import { ReplicaReading } from './replica-reading.ts'
import { ReceiptBook } from './receipts/receipt-book.ts'
import type { Place } from './receipts/receipt-book.ts'
import { STALLED_MS } from './following/turns.ts'
import { Upstream } from './pushed/upstream.ts'

export class Replica extends ReadyResource<ReplicaEvents> {
  announced: Announced
  readonly upstream: Upstream
  readonly receipts = new ReceiptBook()
  readonly timeline = new Timeline()
  /** When a block last arrived, or the mode changed, ms of `steadyMs`. */
  activeAtMs: number
  /** Whom the newest block came from; null where none has come since this opened. */
  source: DeviceKey | null = null
  readonly #options: ReplicaOptions
  readonly #fetching: Fetching
  readonly #pushedIn: PushedIn
  #core: Hypercore | null = null
  #acker: Acker | null = null
  #length = 0
  #end: number | null = null
  readonly #readings: ReplicaReading
  readonly #ownFilm = new OwnFilm({
    core: () => this.#core,
    isPushed: () => this.upstream.followers > 0
  })
  #waking: Promise<Hypercore> | null = null

  constructor(options: ReplicaOptions) {
    super()
    this.#options = options
    this.announced = options.announced
    // What we film we never fetch: a holder may have a block before our own disk does, and where it came
    // back from there in the middle of our append, the append would fail, and the film with it.
    const mode = options.filming || options.pushed ? 'push' : 'pull'
    this.#fetching = new Fetching(options.store, mode)
    const { recording, signer } = options.announced
    this.upstream = new Upstream(recording)
    this.#pushedIn = new PushedIn({
      recording,
      signer,
      core: () => this.#core,
      isPushed: () => this.mode === 'push',
      passOn: (block) => this.#passOn(block)
    })
    this.#readings = new ReplicaReading({
      key: options.announced.recording,
      keys: options.keys,
      timeline: this.timeline,
      recall: (index) => this.upstream.recall(index)?.value ?? null,
      onEntry: (entry) => this.#onEntry(entry),
      onError: (err) => this.emit('trouble', err)
    })
    this.activeAtMs = options.steadyMs()
  }

  protected override async _open(): Promise<void> {
    await this.wake()
    await this.#readings.settled()
  }

  protected override async _close(): Promise<void> {
    await this.rest()
    this.#readings.wipe()
  }

  get key() {
    return this.announced.recording
  }

  /** Blocks held without a hole. */
  get length(): number {
    return this.#core?.contiguousLength ?? this.#length
  }

  /** Blocks here without a hole, those on their way to the disk included: not held yet. */
  get arrived(): number {
    return Math.max(this.length, this.#pushedIn.length)
  }

  /** Seconds of media held, or null where this device cannot read it. */
  get seconds(): number | null {
    return this.timeline.length > 1 ? this.timeline.secondsAt(this.length) : null
  }

  /** No key here opens it; false also where nobody has looked yet. */
  get isClosedToUs(): boolean {
    return this.#readings.closedToUs
  }

  /** Opens the blocks, where this device may read them. */
  get reader(): RecordingReader | null {
    return this.#readings.reader
  }

  /** The device was locked, or unlocked: lets go of what opens this, or looks for it again. */
  setReadable(readable: boolean): void {
    if (!readable) this.#readings.forget()
    else this.#readings.recall(this.#options.filming ? null : this.#core)
  }

  /** True where the whole recording is here, up to its seal. */
  get sealed(): boolean {
    return this.#end !== null && this.length >= this.#end
  }

  /** Blocks of the whole recording, seal included; null where it is not known to be over. */
  get end(): number | null {
    return this.#end
  }

  /** The author said that it is over, or went on in another: nothing more is pushed. */
  over = false

  /** The author's journal tells where the recording ends. */
  endsAt(length: number): void {
    if (this.#end !== null) return
    this.#end = length
    this.over = true
    this.emit('sealed')
  }

  /** Somebody else made it than who said so first: what that one said of its end counts no longer. */
  attribute(announced: Announced): void {
    const { seal } = this.timeline
    this.announced = announced
    this.#end = seal === null ? null : seal.length + 1
    this.over = seal !== null
  }

  /** Our own film: when each block was handed over. */
  get published(): Published {
    return this.#ownFilm.published
  }

  get core(): Hypercore | null {
    return this.#core
  }

  /** Opens the core; the blocks of a resting replica can be served again. */
  wake(): Promise<Hypercore> {
    this.#waking ??= this.#wake().catch((err: unknown) => {
      this.#waking = null
      throw err
    })
    return this.#waking
  }

  /** Closes the core: what is held stays held, and what we film is written first. */
  async rest(): Promise<void> {
    await this.#waking?.catch(() => {})
    await this.#ownFilm.settled()
    const core = this.#core
    this.#core = null
    this.#waking = null
    if (core === null) return
    this.#length = core.contiguousLength
    core.off('append', this.#onGrow)
    core.off('download', this.#onDownload)
    core.off('verification-error', this.#onRefused)
    this.#fetching.stop()
    this.upstream.clear()
    await this.#pushedIn.settled()
    await this.#acker?.stop()
    await this.#readings.stop()
    await core.close()
  }

  attach(link: Link): void {
    this.#fetching.attach(link)
  }

  /** Pushed or fetched, never both. */
  get mode(): Mode {
    return this.#fetching.mode
  }

  setMode(mode: Mode): void {
    this.activeAtMs = this.#options.steadyMs()
    this.#fetching.setMode(mode, () => this.#pushedIn.settled())
  }

  /** Where nothing has come from whoever was asked, asks somebody else. */
  passTurn(links: Link[]): void {
    this.#fetching.keepOn()
    const nowMs = this.#options.steadyMs()
    if (nowMs - this.activeAtMs < STALLED_MS) return
    if (this.#fetching.passTurn(links)) this.activeAtMs = nowMs
  }

  /** Fetches nothing from these; anybody else may be asked. */
  spare(links: Link[]): void {
    this.#fetching.spare(links)
  }

  /** Longest length that anyone linked announces who has not lied about it. */
  get bestLength(): number {
    return this.#fetching.bestLength
  }

  /** What the device at the other end announces: -1 where it has said nothing (yet), 0 where it has lied. */
  lengthAt(link: Link): number {
    return this.#fetching.lengthAt(link)
  }

  /** Blocks that the device at the other end holds without a hole. */
  heldAt(link: Link): number {
    return this.#fetching.heldAt(link)
  }

  /** Author's way in: leaves for the followers at once; resolves when our own disk has it as well. */
  publish(block: SignedBlock): Promise<void> {
    this.upstream.keepFrom = this.length
    this.upstream.push(block)
    const done = this.#ownFilm.add(block, this.#options.steadyMs())
    done.catch(this.#onRefused)
    return done
  }

  /**
   * Holder's way in: a block pushed by an upstream. Checked against the author's signature, passed on to
   * our own followers, and written before it resolves.
   *
   * @returns true where it was the next block and is now held
   */
  accept(block: SignedBlock): Promise<boolean> {
    return this.#pushedIn.take(block)
  }

  /** Keeps another holder's receipt that has been checked; false where it tells nothing new. */
  addReceipt(receipt: Receipt, place: Place | null = null): boolean {
    const isNews = this.receipts.add(receipt, place)
    if (isNews) this.emit('held', receipt)
    return isNews
  }

  /** Signs for what is here and not signed for (any more). */
  acknowledge(): void {
    this.#acker?.poke()
  }

  /** For the author, who knows its own entries without reading them back. */
  observe(entry: Entry): void {
    this.timeline.add(entry)
    if (entry.kind === 'seal') this.endsAt(this.timeline.length)
  }

  async #wake(): Promise<Hypercore> {
    const { store, announced, keys, now, steadyMs } = this.#options
    const core = await store.core(announced.signer)
    core.setMaxListeners(0)
    this.#core = core
    this.#length = core.contiguousLength
    this.activeAtMs = steadyMs()
    this.#acker = new Acker({
      store,
      keys,
      core,
      now,
      book: this.receipts,
      onReceipt: (receipt) => this.#onOwnReceipt(receipt),
      onLoss: (length) => this.emit('lost', length),
      onError: (err) => this.emit('trouble', err)
    })
    core.on('append', this.#onGrow)
    core.on('download', this.#onDownload)
    core.on('verification-error', this.#onRefused)
    this.#fetching.start(core)
    this.#onGrow()
    return core
  }

  #passOn(block: SignedBlock): void {
    this.activeAtMs = this.#options.steadyMs()
    this.upstream.passOn(block)
  }

  #onOwnReceipt(receipt: Receipt): void {
    this.receipts.sign(receipt)
    this.emit('receipt', receipt)
    setImmediate(() => this.#read())
  }

  /** Looks into what is here, where this device can; after the receipt, which does not need it. */
  #read(): void {
    if (this.#core && !this.#options.filming) this.#readings.follow(this.#core)
  }

  readonly #onDownload = (_index: number, _bytes: number, peer: CorePeer): void => {
    this.source = peer.remotePublicKey
    this.#onGrow()
  }

  readonly #onGrow = (): void => {
    const core = this.#core
    if (core === null) return
    const fetched = this.mode === 'pull'
    this.#acker?.poke() // first: nothing else that follows from a block is as urgent as its receipt
    if (core.contiguousLength > this.#length) {
      this.#length = core.contiguousLength
      this.activeAtMs = this.#options.steadyMs()
      this.emit('grow')
    }
    if (fetched) this.#read()
  }

  /** A block that could not be kept: of interest where the disk, not the block, was at fault. */
  readonly #onRefused = (err: unknown): void => {
    if (systemCode(err) !== null) this.emit('trouble', err)
  }

  #onEntry(entry: Entry | null): void {
    if (entry?.kind === 'seal') this.endsAt(this.timeline.length)
    this.emit('grow')
  }
}
