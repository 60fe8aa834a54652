// Decides which receipts count, wherever they come from: straight over a link, or from a journal, in
// any order with the announcements and memberships they depend on, and with what their holders say
// they have lost since.
// Must never: count what a member did not sign, or a receipt for other bytes than the author signed.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import { JournalOrder } from '../../circle/journal/journal-order.ts'
import type { JournalLine } from '../../circle/roster.ts'
import { hex } from '../../encoding/hex.ts'
import type { Alarm } from '../../encoding/journal-entry.ts'
import type { Receipt } from '../../encoding/receipt.ts'
import { stillHeld } from '../../encoding/still-held.ts'
import { decode } from '../../encoding/wire.ts'
import type { DeviceKey, JournalKey, RecordingKey } from '../../types/keys.ts'
import { merge } from '../../replica/receipts/receipt-book.ts'
import type { Loss, Place } from '../../replica/receipts/receipt-book.ts'
import { hasAuthorSignature, isSignedReceipt } from '../../replica/receipts/receipts.ts'
import type { Replica } from '../../replica/replica.ts'

/** Journaled receipts of one holder, remembered for a recording that is not announced yet, or while it is not. */
const MAX_REMEMBERED = 64

export interface ReceiptIntakeOptions {
  circle: Circle
  replicaOf: (key: RecordingKey) => Replica | null
  replicas: () => Replica[]
  self: DeviceKey
  /** A member signed for blocks that are not what is held here, and has no author's signature for them. */
  onFalse: (replica: Replica, receipt: Receipt) => void
  /** The author signed other blocks in this receipt than those held here, or named in `known`. */
  onRival: (replica: Replica, receipt: Receipt, known: Receipt | null) => void
}

interface Stated {
  receipt: Receipt
  place: Place | null
}

interface Lost {
  holder: DeviceKey
  loss: Loss
}

export class ReceiptIntake {
  readonly #options: ReceiptIntakeOptions
  readonly #order: JournalOrder
  /** From journals, for what is not known here yet. */
  readonly #early = new Map<string, Stated[]>()
  /** The last receipt of each with a sound signature of its author: all its holders show the same one. */
  readonly #proven = new WeakMap<Replica, Receipt>()
  /** By recording, those of all recordings under none; then by holder. */
  readonly #losses = new Map<string, Map<string, Lost>>()

  constructor(options: ReceiptIntakeOptions) {
    this.#options = options
    this.#order = new JournalOrder(() => options.circle.heads)
  }

  /** One that came over a link. @returns the recording it counts for where it is news, or null */
  async take(receipt: Receipt): Promise<Replica | null> {
    const replica = this.#replicaFor(receipt)
    if (replica === null || b4a.equals(receipt.holder, this.#options.self)) return null
    return (await this.#judge(replica, { receipt, place: null })) ? replica : null
  }

  /** The receipts, or the loss, in a line that the journal's own device signed. */
  read(line: JournalLine): void {
    const { entry, device } = line
    if (entry.kind === 'receipts') {
      for (const receipt of entry.body) {
        if (!b4a.equals(receipt.holder, device)) continue
        receipt.holder = device // the same bytes, kept once
        this.#takeStated(receipt, this.#placeOf(line))
      }
    } else if (entry.kind === 'alarm' && b4a.equals(entry.body.device, device)) {
      this.#readLoss(line, entry.body)
    }
  }

  /** A replica that is about to open must know what this device has signed for before. */
  prime(replica: Replica): void {
    for (const lost of this.#lossesOf(replica)) lose(replica, lost)
    for (const { receipt, place } of this.#early.get(hex(replica.key)) ?? []) {
      const isOwn = b4a.equals(receipt.holder, this.#options.self)
      if (isOwn && isWhole(receipt)) replica.primeReceipt(receipt, place)
    }
  }

  /** A replica is open, or known at rest: what was journaled about it can count once it is asked for. */
  recall(replica: Replica): void {
    for (const lost of this.#lossesOf(replica)) lose(replica, lost) // told while it was opening
    if (replica.core !== null) this.#recall(replica.key)
    else if (this.#early.has(hex(replica.key))) replica.weighLater(() => this.#recall(replica.key))
  }

  /** Members have become known: the same for all. */
  recallAll(): void {
    for (const [first] of [...this.#early.values()]) {
      const replica = this.#options.replicaOf(first!.receipt.recording)
      if (replica) this.recall(replica)
    }
  }

  #recall(key: RecordingKey): void {
    const early = this.#early.get(hex(key)) ?? []
    this.#early.delete(hex(key))
    for (const stated of early) {
      const replica = this.#replicaFor(stated.receipt)
      if (replica === null) this.#remember(stated)
      else void this.#judge(replica, stated)
    }
  }

  /** Null where it cannot count yet. */
  #replicaFor({ recording, holder }: Receipt): Replica | null {
    const { circle, replicaOf } = this.#options
    return circle.roster.find(holder) === null ? null : replicaOf(recording)
  }

  #takeStated(receipt: Receipt, place: Place): void {
    const replica = this.#replicaFor(receipt)
    if (replica === null) return this.#remember({ receipt, place })
    void this.#judge(replica, { receipt, place })
    if (b4a.equals(receipt.holder, this.#options.self)) replica.acknowledge()
    void this.#compareWithTree(replica, receipt)
  }

  /** @returns true where it counts, and is news */
  async #judge(replica: Replica, { receipt, place }: Stated): Promise<boolean> {
    const { onFalse, onRival } = this.#options
    if (!receipt.flushed || receipt.fork !== 0 || !isSignedReceipt(receipt)) return false
    if (this.#isByAuthor(replica, receipt)) {
      const rival = replica.receipts.rivalOf(receipt)
      if (rival === null) return replica.addReceipt(receipt, place)
      onRival(replica, receipt, rival)
      return false
    }
    const agrees = receipt.authorSignature === null ? await fitsTree(replica, receipt) : false
    if (agrees === false) onFalse(replica, receipt)
    return agrees === true && replica.addReceipt(receipt, place)
  }

  async #compareWithTree(replica: Replica, receipt: Receipt): Promise<void> {
    if (!this.#isByAuthor(replica, receipt)) return
    if ((await fitsTree(replica, receipt)) === false) this.#options.onRival(replica, receipt, null)
  }

  /** The author signed the tree that the receipt names. */
  #isByAuthor(replica: Replica, receipt: Receipt): boolean {
    const proven = this.#proven.get(replica)
    if (proven !== undefined && showsTheSame(proven, receipt)) return true
    if (!hasAuthorSignature(receipt, replica.announced.signer)) return false
    this.#proven.set(replica, receipt)
    return true
  }

  #readLoss(line: JournalLine, { alarm, device, recording, proof, atMs }: Alarm): void {
    if (alarm !== 'storage-damaged') return
    const length = lengthIn(proof)
    const id = recording === null ? '' : hex(recording)
    const known = this.#losses.get(id) ?? new Map<string, Lost>()
    const before = known.get(hex(device))?.loss ?? null
    const loss = merge(before, { length, atMs, place: this.#placeOf(line) })
    const lost = { holder: device, loss }
    this.#losses.set(id, known.set(hex(device), lost))
    for (const replica of this.#meant(recording)) lose(replica, lost)
  }

  #meant(recording: RecordingKey | null): Replica[] {
    if (recording === null) return this.#options.replicas()
    const replica = this.#options.replicaOf(recording)
    return replica ? [replica] : []
  }

  #lossesOf({ key }: Replica): Lost[] {
    return ['', hex(key)].flatMap((id) => [...(this.#losses.get(id)?.values() ?? [])])
  }

  #placeOf({ journal, index }: JournalLine): Place {
    return new PlaceInOrder(this.#order, journal, index)
  }

  #remember(stated: Stated): void {
    const { recording, holder } = stated.receipt
    const early = this.#early.get(hex(recording)) ?? []
    if (early[0]) shareBytes(stated.receipt, early[0].receipt)
    early.push(stated)
    const same = early.filter(({ receipt }) => b4a.equals(receipt.holder, holder))
    if (same.length > MAX_REMEMBERED) early.splice(early.indexOf(same[1]!), 1) // the first has the earliest date
    this.#early.set(hex(recording), early)
  }
}

/** Asked anew each time: which journal comes first is learnt with the heads. */
class PlaceInOrder implements Place {
  readonly index: number
  readonly #order: JournalOrder
  readonly #journal: JournalKey

  constructor(order: JournalOrder, journal: JournalKey, index: number) {
    this.index = index
    this.#order = order
    this.#journal = journal
  }

  get depth(): number {
    return this.#order.depthOf(this.#journal)
  }
}

function lose(replica: Replica, { holder, loss }: Lost): void {
  replica.loseReceipts(holder, loss)
  replica.acknowledge() // signs anew for what is here, where it was our own loss
}

/** Blocks still held; none where it does not say so in words that are understood here. */
function lengthIn(proof: Uint8Array): number {
  if (proof.byteLength === 0) return 0
  try {
    return decode(stillHeld, proof, 'proof of a loss').length
  } catch {
    return 0
  }
}

/** Its holders sign for the same tree: of ten thousand recordings that is kept once for each. */
function shareBytes(receipt: Receipt, known: Receipt): void {
  if (!showsTheSame(receipt, known)) return
  const { recording, treeHash, authorSignature } = known
  Object.assign(receipt, { recording, treeHash, authorSignature })
}

function showsTheSame(a: Receipt, b: Receipt): boolean {
  if (a.length !== b.length || a.fork !== b.fork || b.authorSignature === null) return false
  if (a.authorSignature === null || !b4a.equals(a.treeHash, b.treeHash)) return false
  return b4a.equals(a.authorSignature, b.authorSignature)
}

/** Of our own journal, which nobody else writes: it was checked when it was signed. */
function isWhole({ flushed, fork, authorSignature }: Receipt): boolean {
  return flushed && fork === 0 && authorSignature !== null
}

/** Whether our own tree of that length is the one it names; null where we have none to compare. */
async function fitsTree({ core }: Replica, receipt: Receipt): Promise<boolean | null> {
  if (core === null || receipt.length > core.length) return null
  try {
    return b4a.equals(await core.treeHash(receipt.length), receipt.treeHash)
  } catch {
    return null // not enough of the tree is here: a later receipt will tell
  }
}
