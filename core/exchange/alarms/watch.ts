// Looks out for what is wrong in one circle, and raises the alarm: what the guard of the store caught,
// receipts and pushed blocks that contradict what is held, films that stop without an end or go on
// after it, clocks, and what this device has lost itself.
// Must never: change what is held or who is trusted; an alarm is for people.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import { coreKey } from '../../encoding/core-key.ts'
import type { LiveBlock } from '../../encoding/control.ts'
import type { AlarmKind } from '../../encoding/journal/journal-entry.ts'
import { receipt as receiptCodec } from '../../encoding/recording/receipt.ts'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import { stillHeld } from '../../encoding/recording/still-held.ts'
import { encode } from '../../encoding/wire.ts'
import type { Attempt } from '../../store/hypercore/guard.ts'
import type { DeviceKey, RecordingKey, SignerKey } from '../../types/keys.ts'
import type { Replica } from '../../replica/replica.ts'
import {
  lookAtPushed,
  proofAgainst,
  proofOfAttempt,
  proofOfHead,
  proofOfReceipts
} from '../../replica/rivals.ts'
import type { Alarms } from './alarms.ts'
import { HoldingWatch } from './holding-watch.ts'
import type { Peer } from '../members/peer.ts'
import { isSilent, whoseClockIsOff } from './watch-policy.ts'

/** What only the app can know of the device it runs on. */
export type Reported = Extract<AlarmKind, 'battery-low' | 'storage-low'>

export interface WatchOptions {
  circle: Circle
  alarms: Alarms
  self: DeviceKey
  now: () => number
  replicaOf: (key: RecordingKey) => Replica | null
  peers: () => Peer[]
  /** What was signed for and waits to be written must not be written any more. */
  onOwnLoss: (recording: RecordingKey | null, length: number) => void
}

export class Watch {
  readonly #options: WatchOptions
  /** When a film last grew here, or its author was linked, ms; those that were live in this process. */
  readonly #aliveAtMs = new Map<Replica, number>()
  /** Whose pushes have been looked at already, and found wrong. */
  readonly #strays = new WeakMap<Peer, WeakSet<Replica>>()
  readonly #holdings: HoldingWatch

  constructor(options: WatchOptions) {
    const { peers, now } = options
    this.#options = options
    const onFalse = (replica: Replica, peer: Peer): void => this.#notGiven(replica, peer)
    this.#holdings = new HoldingWatch({ peers, now, onFalse })
  }

  /** What the guard of the store caught, on whichever core. */
  attempt({ kind, core, device, proof }: Attempt): void {
    const { alarms } = this.#options
    const recording = this.#options.replicaOf(core) === null ? null : core
    const writer = this.#writerOf(core)
    if (writer === null) return // another circle's
    const shown = proof && proofOfAttempt(writer.signer, proof)
    const about = shown === null ? device : writer.device // who came with it need not have made it
    void alarms.raise(kind, { device: about, recording, proof: shown })
  }

  /** A member has said more in its journals than is kept of one. */
  crowded(device: DeviceKey): void {
    void this.#options.alarms.raise('journal-flood', { device })
  }

  falseReceipt({ key }: Replica, receipt: Receipt): void {
    const proof = encode(receiptCodec, receipt)
    const about = { device: receipt.holder, recording: key, proof }
    void this.#options.alarms.raise('false-holding', about)
  }

  /** The author's key has signed other blocks for that holder than for us, or for another one. */
  async rivalReceipt({ announced, key, core }: Replica, receipt: Receipt, known: Receipt | null) {
    const { signer, author } = announced
    const proof = known
      ? proofOfReceipts(signer, known, receipt)
      : core && (await proofAgainst(signer, core, receipt))
    if (proof === null) return
    await this.#options.alarms.raise('rival-history', { device: author, recording: key, proof })
  }

  /** A block that came, perhaps where one is held already. */
  pushed(replica: Replica, peer: Peer, block: LiveBlock): void {
    if (block.index >= replica.length || this.#strays.get(peer)?.has(replica)) return
    this.#compare(replica, peer, block).catch(() => {}) // closed, or put to rest meanwhile
  }

  grew(replica: Replica): void {
    const { self, now } = this.#options
    this.#holdings.grew(replica)
    if (b4a.equals(replica.announced.author, self)) return
    this.#aliveAtMs.set(replica, now())
    if (replica.end !== null && replica.core && replica.core.length > replica.end) {
      this.#writtenAfterSeal(replica)
    }
  }

  greeted(peer: Peer): void {
    const { alarms, peers, self } = this.#options
    const offsets = peers().map(({ clockOffsetMs }) => clockOffsetMs)
    const whose = whoseClockIsOff(peer.clockOffsetMs, offsets)
    if (whose !== null)
      void alarms.raise('clock-off', { device: whose === 'ours' ? self : peer.device })
  }

  /** What the app says of this device. */
  report(kind: Reported): Promise<boolean> {
    return this.#options.alarms.raise(kind, { device: this.#options.self })
  }

  /**
   * Says that of what was signed for only the first `length` blocks of this recording are here; of no
   * recording anything, as far as this device knows, where it is null.
   * @returns false where our disk did not take it
   */
  lost(recording: RecordingKey | null, length = 0): Promise<boolean> {
    const { alarms, self, onOwnLoss } = this.#options
    onOwnLoss(recording, length)
    const proof = recording && encode(stillHeld, { length })
    return alarms.raise('storage-damaged', { device: self, recording, proof })
  }

  /** Several times in a second, with what is open and taken. */
  look(replicas: readonly Replica[]): void {
    this.#holdings.tick(replicas)
  }

  /** Once in a second. */
  tick(): void {
    const { now, peers } = this.#options
    const nowMs = now()
    for (const [replica, aliveAtMs] of this.#aliveAtMs) {
      const { author, recording } = replica.announced
      const isLinked = peers().some(({ device }) => b4a.equals(device, author))
      const isOver = replica.over || replica.end !== null
      if (isOver) this.#aliveAtMs.delete(replica)
      else if (isLinked) this.#aliveAtMs.set(replica, nowMs)
      else if (isSilent(aliveAtMs, nowMs)) {
        this.#aliveAtMs.delete(replica)
        void this.#options.alarms.raise('silence', { device: author, recording })
      }
    }
  }

  async #compare(replica: Replica, peer: Peer, block: LiveBlock): Promise<void> {
    const { core, key, announced } = replica
    if (core === null) return
    const { pushed, proof } = await lookAtPushed(announced.signer, core, block)
    if (pushed === 'same') return
    const strays = this.#strays.get(peer) ?? new WeakSet()
    this.#strays.set(peer, strays.add(replica))
    const device = proof === null ? peer.device : announced.author
    await this.#options.alarms.raise('rival-history', { device, recording: key, proof })
  }

  /** A member claims to hold what it goes on not giving: its receipt shows that it said so. */
  #notGiven({ key, length, receipts }: Replica, { device }: Peer): void {
    const signed = receipts.of(device)
    const proof = signed && signed.length > length ? encode(receiptCodec, signed) : null
    void this.#options.alarms.raise('false-holding', { device, recording: key, proof })
  }

  #writtenAfterSeal({ core, key, announced }: Replica): void {
    const { signer, author } = announced
    const about = { device: author, recording: key, proof: proofOfHead(signer, core!) }
    void this.#options.alarms.raise('write-after-seal', about)
  }

  /** Whose recording, or journal, it is, and under which key. */
  #writerOf(core: Uint8Array): { device: DeviceKey; signer: SignerKey } | null {
    const { circle, replicaOf } = this.#options
    const announced = replicaOf(core)?.announced
    if (announced) return { device: announced.author, signer: announced.signer }
    return circle.heads.find(({ signer }) => b4a.equals(coreKey(signer), core)) ?? null
  }
}
