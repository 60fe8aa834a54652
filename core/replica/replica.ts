// One recording on this device: its blocks, how far they reach, and how they come in (pushed or fetched)
// and go out. Ours while we film, and everybody else's.
// Rests (its core closed) until somebody asks for it; what it knows then is from the disk, or was seen.
// Must never: count as held what is not on this disk.

import type Hypercore from 'hypercore'
import type { CorePeer } from 'hypercore'
import type { Entry } from '../encoding/recording/entry.ts'
import type { Receipt } from '../encoding/recording/receipt.ts'
import { systemCode } from '../errors.ts'
import type { RecordingReader } from '../recording/reader.ts'
import type { SignedBlock } from '../recording/writer.ts'
import type { DeviceKey } from '../types/keys.ts'
import type { Link } from '../types/link.ts'
import { Fetching } from './following/fetching.ts'
import type { Mode } from './following/follow-policy.ts'
import { STALLED_MS } from './following/turns.ts'
import { KnownRecording } from './known-recording.ts'
import { OpenCore } from './open-core.ts'
import type { Published } from './pushed/published.ts'
import { Pushing } from './pushed/pushing.ts'
import type { Upstream } from './pushed/upstream.ts'
import type { ReplicaOptions } from './replica-options.ts'
import { ReplicaReading } from './replica-reading.ts'

export class Replica extends KnownRecording {
  /** When a block last arrived, or the mode changed, ms of `steadyMs`. */
  activeAtMs: number
  /** Whom the newest block came from; null where none has come since this opened. */
  source: DeviceKey | null = null
  readonly #options: ReplicaOptions
  #fetchingIfAny: Fetching | null = null
  #pushingIfAny: Pushing | null = null
  #readingsIfAny: ReplicaReading | null = null
  #open: OpenCore | null = null
  #length: number
  #restingTaken: number | null
  #waking: Promise<Hypercore> | null = null
  #looking: Promise<void> | null = null

  constructor(options: ReplicaOptions) {
    super(options.announced)
    this.#options = options
    this.#length = options.resting?.length ?? 0
    this.#restingTaken = options.resting?.takenBytes ?? null
    this.activeAtMs = options.steadyMs()
  }

  protected override async _open(): Promise<void> {
    if (this.#options.resting !== undefined) return
    await this.wake()
    await this.#readings.settled()
  }

  protected override async _close(): Promise<void> {
    await this.rest()
    await this.#looking
    this.#readingsIfAny?.wipe()
  }

  /** Blocks held without a hole. */
  get length(): number {
    return this.core?.contiguousLength ?? this.#length
  }

  get takenBytes(): number | null {
    return this.#open?.takenBytes ?? this.#restingTaken
  }

  get upstream(): Upstream {
    return this.#pushing.upstream
  }

  /** What we film we never fetch: it may come back before our own disk has it, and our append would fail. */
  get fetching(): Fetching {
    const { store, filming, pushed } = this.#options
    return (this.#fetchingIfAny ??= new Fetching(store, filming || pushed ? 'push' : 'pull'))
  }

  /** Blocks here without a hole, those on their way to the disk included: not held yet. */
  get arrived(): number {
    return Math.max(this.length, this.#pushing.pushedIn.length)
  }

  /** This process films it, or has. */
  get isOwn(): boolean {
    return this.#options.filming ?? false
  }

  /** No key here opens it, as far as anybody has looked. */
  get isClosedToUs(): boolean {
    return this.#readingsIfAny?.closedToUs ?? false
  }

  /** Opens the blocks, where this device may read them. */
  get reader(): RecordingReader | null {
    return this.#readingsIfAny?.reader ?? null
  }

  /** The device was locked, or unlocked: lets go of what opens this, or looks for it again. */
  setReadable(readable: boolean): void {
    if (!readable) this.#readingsIfAny?.forget()
    else this.#readingsIfAny?.recall(this.#options.filming ? null : this.core)
  }

  get published(): Published {
    return this.#pushing.ownFilm.published
  }

  /** Null while it rests. */
  get core(): Hypercore | null {
    return this.#open?.core ?? null
  }

  /** Opens the core; the blocks of a resting replica can be served again. */
  wake(): Promise<Hypercore> {
    this.#waking ??= this.#wake().catch((err: unknown) => {
      this.#waking = null
      throw err
    })
    return this.#waking
  }

  /** Closes the core; what we film is written first. */
  async rest(): Promise<void> {
    await this.#waking?.catch(() => {})
    await this.#pushingIfAny?.ownFilm.settled()
    const open = this.#open
    if (open === null) return
    this.#length = open.core.contiguousLength
    this.#open = null
    this.#waking = null
    this.#restingTaken = open.takenBytes
    open.silence()
    this.fetching.stop()
    this.upstream.clear()
    this.emit('rest')
    await this.#pushing.pushedIn.settled()
    await open.stopAcknowledging()
    await this.#readings.stop()
    await open.core.close()
  }

  /**
   * Reads what is here where this device can, and nobody has yet: seconds, the key and the seal are known
   * then, as far as they ever will be. One that rests goes on resting.
   */
  look(): Promise<void> {
    if (this.core !== null) {
      if (this.#options.filming) this.#readings.follow(this.core) // for its key: what is in it is known
      return this.#readings.settled()
    }
    if (this.#readings.isDone(this.#length)) return Promise.resolve()
    this.#looking ??= this.#lookAtRest().finally(() => (this.#looking = null))
    return this.#looking
  }

  /** Lets go of what was read of one that rests: where thousands are looked at, one after the other. */
  unlook(): void {
    if (this.core !== null || this.#looking !== null) return
    this.#readingsIfAny?.wipe()
    this.#readingsIfAny = null
    this.forgetTimeline()
  }

  attach(link: Link): void {
    this.#fetchingIfAny?.attach(link)
  }

  /** Pushed or fetched, never both. */
  get mode(): Mode {
    return this.fetching.mode
  }

  setMode(mode: Mode): void {
    this.activeAtMs = this.#options.steadyMs()
    this.fetching.setMode(mode, () => this.#pushing.pushedIn.settled())
  }

  /** Where nothing has come from whoever was asked, asks somebody else. */
  passTurn(links: Link[]): void {
    this.fetching.keepOn()
    const nowMs = this.#options.steadyMs()
    if (nowMs - this.activeAtMs < STALLED_MS) return
    if (this.fetching.passTurn(links)) this.activeAtMs = nowMs
  }

  /** Longest length that anyone linked announces who has not lied about it. */
  get bestLength(): number {
    return this.fetching.bestLength
  }

  /** Author's way in: leaves for the followers at once; resolves when our own disk has it as well. */
  publish(block: SignedBlock): Promise<void> {
    this.upstream.keepFrom = this.length
    this.upstream.push(block)
    const done = this.#pushing.ownFilm.add(block, this.#options.steadyMs())
    done.catch((err) => this.#onRefused(err))
    return done
  }

  /**
   * Holder's way in: a block pushed by an upstream. Checked against the author's signature, passed on to
   * our own followers, and written before it resolves.
   * @returns true where it was the next block and is now held
   */
  accept(block: SignedBlock): Promise<boolean> {
    return this.#pushing.pushedIn.take(block)
  }

  /** Signs for what is here and not signed for (any more). */
  acknowledge(): void {
    this.#open?.acknowledge()
  }

  get #pushing(): Pushing {
    this.#pushingIfAny ??= new Pushing({
      announced: this.announced,
      core: () => this.core,
      isPushed: () => this.mode === 'push',
      passOn: (block) => this.#passOn(block)
    })
    return this.#pushingIfAny
  }

  get #readings(): ReplicaReading {
    this.#readingsIfAny ??= new ReplicaReading({
      key: this.key,
      keys: this.#options.keys,
      timeline: this.timeline,
      granted: () => this.#options.granted?.(this.key) ?? [],
      recall: (index) => this.#pushingIfAny?.upstream.recall(index)?.value ?? null,
      onEntry: (entry) => this.#onEntry(entry),
      onClosed: () => this.emit('grow'), // known as far as it ever will be
      onError: (err) => this.emit('trouble', err)
    })
    return this.#readingsIfAny
  }

  async #wake(): Promise<Hypercore> {
    const { store, announced, keys, now, steadyMs } = this.#options
    const core = await store.core(announced.signer)
    const takenBytes = this.#restingTaken ?? (await store.bytes([this.key])) // its author may claim more
    this.#length = core.contiguousLength
    this.activeAtMs = steadyMs()
    this.#open = new OpenCore({
      ...{ store, keys, core, now, book: this.book, takenBytes },
      onReceipt: (receipt) => this.#onOwnReceipt(receipt),
      onLoss: (length) => this.emit('lost', length),
      onError: (err) => this.emit('trouble', err),
      onGrow: (from) => this.#onGrow(from),
      mayWait: () => this.#pushing.ownFilm.mayWait(this.book, keys.device),
      onRefused: (err) => this.#onRefused(err)
    })
    this.emit('wake')
    this.fetching.start(core)
    this.#onGrow(null)
    return core
  }

  async #lookAtRest(): Promise<void> {
    await this.#options.store.atRest(this.key, this.#length, async (core) => {
      this.#readings.follow(core)
      await this.#readings.settled()
      await this.#readings.stop()
    })
    this.#read() // woken meanwhile: more may have come
  }

  #passOn(block: SignedBlock): void {
    this.activeAtMs = this.#options.steadyMs()
    this.upstream.passOn(block)
  }

  #onOwnReceipt(receipt: Receipt): void {
    this.book.sign(receipt)
    this.emit('receipt', receipt)
    setImmediate(() => this.#read())
  }

  /** Looks into what is here, where this device can; after the receipt, which does not need it. */
  #read(): void {
    if (this.core && !this.#options.filming) this.#readings.follow(this.core)
  }

  #onGrow(from: CorePeer | null): void {
    if (from !== null) this.source = from.remotePublicKey
    const core = this.core
    if (core === null) return
    const fetched = this.mode === 'pull'
    this.acknowledge() // first: nothing else that follows from a block is as urgent as its receipt
    if (core.contiguousLength > this.#length) {
      this.#length = core.contiguousLength
      this.activeAtMs = this.#options.steadyMs()
      this.emit('grow')
    }
    if (fetched) this.#read()
  }

  /** A block that could not be kept: of interest where the disk, not the block, was at fault. */
  #onRefused(err: unknown): void {
    if (systemCode(err) !== null) this.emit('trouble', err)
  }

  #onEntry(entry: Entry | null): void {
    if (entry?.kind === 'seal') this.endsAt(this.timeline.length)
    this.emit('grow')
  }
}
