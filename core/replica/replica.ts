// One recording on this device: its blocks, how far they reach, who else holds it, and how its blocks
// come in (pushed or fetched) and go out. Ours while we film, and everybody else's.
// Rests (its core closed) when it is complete and nobody asks for it; wakes when somebody does.
// Must never: count as held what is not on this disk.

import type Hypercore from 'hypercore'
import type { CorePeer, Download } from 'hypercore'
import ReadyResource from 'ready-resource'
import type { Entry } from '../encoding/entry.ts'
import type { Receipt } from '../encoding/receipt.ts'
import { TemoinError, systemCode } from '../errors.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { wrapSignature } from '../recording/log-tree.ts'
import type { RecordingReader } from '../recording/reader.ts'
import { Timeline } from '../recording/timeline.ts'
import type { SignedBlock } from '../recording/writer.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import type { DeviceKey } from '../types/keys.ts'
import type { Link } from '../types/link.ts'
import { Acker } from './acker.ts'
import type { Announced } from './announced.ts'
import type { Mode } from './follow-policy.ts'
import { OwnDisk } from './own-disk.ts'
import { ReplicaReading } from './replica-reading.ts'
import { PushedRuns } from './pushed-runs.ts'
import { ReceiptBook } from './receipt-book.ts'
import type { Place } from './receipt-book.ts'
import { STALLED_MS, Turns } from './turns.ts'
import { Upstream } from './upstream.ts'

export interface ReplicaEvents {
  /** More blocks are held without a hole. */
  grow: []
  /** Our own receipt: what it says is on our disk. */
  receipt: [Receipt]
  /** Somebody else's receipt, checked. */
  held: [Receipt]
  sealed: []
  /** Only so many blocks are here of what this device had signed for. */
  lost: [length: number]
  /** The disk refused. */
  trouble: [unknown]
}

export interface ReplicaOptions {
  store: EvidenceStore
  keys: DeviceKeys
  announced: Announced
  /** True while this device films it: its entries are told by `observe`, not read back. */
  filming?: boolean
  /** True where its author pushes it already. */
  pushed?: boolean
  now: () => number
  /** Time that never goes back, ms: for what is waited for. */
  steadyMs: () => number
}

export class Replica extends ReadyResource<ReplicaEvents> {
  readonly announced: Announced
  readonly upstream: Upstream
  readonly receipts = new ReceiptBook()
  readonly timeline = new Timeline()
  mode: Mode
  /** When a block last arrived, or the mode changed, ms of `steadyMs`. */
  activeAtMs: number
  /** Whom the newest block came from; null where none has come since this opened. */
  source: DeviceKey | null = null
  readonly #options: ReplicaOptions
  readonly #turns = new Turns()
  #core: Hypercore | null = null
  #acker: Acker | null = null
  #download: Download | null = null
  #length = 0
  #end: number | null = null
  readonly #readings: ReplicaReading
  readonly #ownDisk = new OwnDisk({
    write: (run) => this.#append(run),
    isPushed: () => this.upstream.followers > 0
  })
  readonly #pushed = new PushedRuns((run) => this.#accept(run))
  #waking: Promise<Hypercore> | null = null

  constructor(options: ReplicaOptions) {
    super()
    this.#options = options
    this.announced = options.announced
    // What we film we never fetch: a holder may have a block before our own disk does, and where it came
    // back from there in the middle of our append, the append would fail, and the film with it.
    this.mode = options.filming || options.pushed ? 'push' : 'pull'
    this.upstream = new Upstream(options.announced.recording)
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

  /** Seconds of media held, or null where this device cannot read it. */
  get seconds(): number | null {
    return this.timeline.length > 1 ? this.timeline.secondsAt(this.length) : null
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
    await this.#ownDisk.settled()
    const core = this.#core
    this.#core = null
    this.#waking = null
    if (core === null) return
    this.#length = core.contiguousLength
    core.off('append', this.#onGrow)
    core.off('download', this.#onDownload)
    core.off('verification-error', this.#onRefused)
    this.#download?.destroy()
    this.#download = null
    this.upstream.clear()
    await this.#pushed.settled()
    await this.#acker?.stop()
    await this.#readings.stop()
    await core.close()
  }

  attach(link: Link): void {
    if (this.#core && !this.#turns.isOut(link)) this.#options.store.attach(this.#core, link)
  }

  /** Where nothing has come from whoever was asked, asks somebody else. */
  passTurn(links: Link[]): void {
    const { store, steadyMs } = this.#options
    if (this.#core === null || steadyMs() - this.activeAtMs < STALLED_MS) return
    if (this.#turns.pass(this.#core, links, store)) this.activeAtMs = steadyMs()
  }

  /** Longest length announced for this recording by anyone linked who has not lied about it. */
  get bestLength(): number {
    const peers = (this.#core?.peers ?? []).filter((peer) => !peer.paused)
    return peers.reduce((best, peer) => Math.max(best, peer.remoteLength), 0)
  }

  /** What the device at the other end of `link` announces; -1 where it does not serve this. */
  lengthAt(link: Link): number {
    const peer = this.#core?.peers.find((peer) => peer.protomux === link.mux)
    return peer ? peer.remoteLength : -1
  }

  /**
   * Pushed or fetched, never both: where a pushed block comes between a request and its answer, the
   * answer no longer fits the tree, and Hypercore takes its honest sender for a liar, for good.
   */
  setMode(mode: Mode): void {
    this.mode = mode
    this.activeAtMs = this.#options.steadyMs()
    if (mode === 'push') this.#stopFetching()
    else void this.#pushed.settled().then(() => this.#startFetching())
  }

  #stopFetching(): void {
    this.#core?.core.replicator.setPushOnly(true)
    this.#download?.destroy()
    this.#download = null
  }

  #startFetching(): void {
    const core = this.#core
    if (core === null || this.mode !== 'pull') return
    const { replicator } = core.core
    replicator.setPushOnly(false)
    this.#download ??= downloadOf(core)
    // Hypercore asks only who has confirmed our length, and forgets to tell it where we were ahead.
    for (const peer of replicator.peers) peer.sendSync()
    replicator.updateAll()
  }

  /** Author's way in: leaves for the followers at once; resolves when our own disk has it as well. */
  publish(block: SignedBlock): Promise<void> {
    this.upstream.keepFrom = this.length
    this.upstream.push(block)
    const done = this.#ownDisk.add(block)
    done.catch(this.#onRefused)
    return done
  }

  /**
   * Holder's way in: a block pushed by an upstream. Verified against the author's signature and
   * written before it resolves; passed on to our own followers.
   *
   * @param from who pushed it
   * @returns true where it was the next block and is now held
   */
  accept(block: SignedBlock, from: DeviceKey): Promise<boolean> {
    return this.#pushed.add(block, from)
  }

  /** Keeps another holder's receipt that has been checked. */
  addReceipt(receipt: Receipt, place: Place | null = null): void {
    if (this.receipts.add(receipt, place)) this.emit('held', receipt)
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
    core.core.replicator.setPushOnly(this.mode === 'push')
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
    if (this.mode === 'pull') this.#download = downloadOf(core)
    this.#onGrow()
    return core
  }

  async #append(run: SignedBlock[]): Promise<void> {
    const core = this.#core
    if (core === null || core.length !== run[0]!.index) {
      throw new TemoinError('BAD_STATE', 'A block was not written, so none after it can be')
    }
    const values = run.map(({ value }) => value)
    await core.append(values, { signature: wrapSignature(run[run.length - 1]!.signature) })
  }

  /** Verified by the last block's signature, which covers all before it; see core/store/guard.ts. */
  async #accept(run: SignedBlock[]): Promise<boolean> {
    const core = this.#core
    const [{ index }, last] = [run[0]!, run[run.length - 1]!]
    if (core === null || this.mode !== 'push') return false
    if (index !== core.length || core.contiguousLength !== index) return false
    const values = run.map(({ value }) => value)
    const signature = wrapSignature(last.signature)
    const { length } = await core.append(values, { signature, maxLength: last.index + 1 })
    if (length !== last.index + 1) return false
    for (const block of run) this.upstream.push(block)
    return true
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

function downloadOf(core: Hypercore): Download {
  const download = core.download({ start: 0, end: -1, linear: true })
  download.done().catch(() => {})
  return download
}
