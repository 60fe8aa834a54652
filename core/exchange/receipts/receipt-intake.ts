// Decides which receipts count, wherever they come from: straight over a link, or from a journal, in
// any order with the announcements and memberships they depend on, and with what their holders say
// they have lost since.
// Must never: count what a member did not sign, or a receipt for other bytes than the author signed.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import { JournalOrder } from '../../circle/journal/journal-order.ts'
import type { JournalLine } from '../../circle/roster.ts'
import { hex } from '../../encoding/hex.ts'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import type { DeviceKey, RecordingKey } from '../../types/keys.ts'
import type { KnownRecording, Testimony } from '../../replica/known-recording.ts'
import { MAX_REMEMBERED } from '../../replica/receipts/receipt-book.ts'
import type { Place } from '../../replica/receipts/receipt-book.ts'
import { hasAuthorSignature, isSignedReceipt } from '../../replica/receipts/receipts.ts'
import type { Replica } from '../../replica/replica.ts'
import { Losses } from './losses.ts'

export interface ReceiptIntakeOptions {
  circle: Circle
  replicaOf: (key: RecordingKey) => Replica | null
  replicas: () => Replica[]
  self: DeviceKey
  /** A member signed for blocks that are not what is held here, and has no author's signature for them. */
  onFalse: (replica: Replica, receipt: Receipt) => void
  /** Somebody asks for its receipts, which take memory from now on. */
  onAsked?: (replica: Replica) => void
  /** The author signed other blocks in this receipt than those held here, or named in `known`. */
  onRival: (replica: Replica, receipt: Receipt, known: Receipt | null) => void
}

interface Stated {
  receipt: Receipt
  place: Place | null
}

export class ReceiptIntake {
  readonly #options: ReceiptIntakeOptions
  readonly #order: JournalOrder
  /** Lines of journals about recordings that are not known here, or not yet, by their keys. */
  readonly #early = new Map<string, readonly JournalLine[]>()
  /** Who said what cannot count so far, since they are not known to belong; as hex. */
  readonly #strangers = new Set<string>()
  readonly #losses: Losses

  constructor(options: ReceiptIntakeOptions) {
    this.#options = options
    this.#order = new JournalOrder(() => options.circle.heads)
    this.#losses = new Losses(options)
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
        if (b4a.equals(receipt.holder, device)) this.#takeStated(receipt, line)
      }
    } else if (entry.kind === 'alarm' && b4a.equals(entry.body.device, device)) {
      this.#losses.read(entry.body, this.#placeOf(line))
    }
  }

  /** A replica is about to open, or known at rest: what journals say of it counts once it is asked for. */
  follow(replica: Replica): void {
    replica.heed(this.#testimony)
    this.#handOver(replica)
  }

  /** It is known no more; what journals say of it may be of use again. */
  unfollow({ id, said }: Replica): void {
    if (said.length > 0) this.#early.set(id, said)
  }

  /** A replica is open: what was journaled about it can count. */
  recall(replica: Replica): void {
    this.#handOver(replica) // said while it was opening
    if (replica.core === null) return
    this.#losses.recall(replica) // told while it was opening
    replica.weigh()
  }

  /** Members have become known: what they said before can count. */
  recallAll(): void {
    const { circle, replicas } = this.#options
    const known = [...this.#strangers].filter((id) => circle.roster.find(b4a.from(id, 'hex')))
    if (known.length === 0) return
    for (const id of known) this.#strangers.delete(id)
    for (const replica of replicas()) {
      replica.weighAgain()
      this.recall(replica)
    }
  }

  readonly #prime = (recording: KnownRecording): void => {
    const { self, onAsked } = this.#options
    const replica = recording as Replica
    for (const { holder, loss } of this.#losses.of(replica)) replica.loseReceipts(holder, loss)
    for (const line of replica.said) {
      if (!b4a.equals(line.device, self)) continue
      for (const receipt of receiptsIn(line, replica.key)) {
        if (isWhole(receipt)) replica.primeReceipt(receipt, this.#placeOf(line))
      }
    }
    onAsked?.(replica)
  }

  readonly #weigh = (recording: KnownRecording): void => {
    const replica = recording as Replica
    for (const line of replica.said) {
      for (const receipt of receiptsIn(line, replica.key)) {
        if (this.#isEarly(receipt)) continue
        void this.#judge(replica, { receipt, place: this.#placeOf(line) })
      }
    }
  }

  readonly #testimony: Testimony = { prime: this.#prime, weigh: this.#weigh }

  /** Null where it cannot count yet. */
  #replicaFor(receipt: Receipt): Replica | null {
    const replica = this.#options.replicaOf(receipt.recording)
    return replica === null || this.#isStranger(receipt) ? null : replica
  }

  #isStranger({ holder }: Receipt): boolean {
    return this.#options.circle.roster.find(holder) === null
  }

  /** In a journal: its holder may come to belong, and there are no more of those than journals. */
  #isEarly(receipt: Receipt): boolean {
    const isStranger = this.#isStranger(receipt)
    if (isStranger) this.#strangers.add(hex(receipt.holder))
    return isStranger
  }

  #takeStated(receipt: Receipt, line: JournalLine): void {
    const { replicaOf, self } = this.#options
    const replica = replicaOf(receipt.recording)
    if (replica === null) return this.#remember(hex(receipt.recording), line)
    if (!this.#isEarly(receipt)) {
      void this.#judge(replica, { receipt, place: this.#placeOf(line) })
      if (b4a.equals(receipt.holder, self)) replica.acknowledge()
      void this.#compareWithTree(replica, receipt)
    }
    replica.said = withLine(replica.said, line)
  }

  /** @returns true where it counts, and is news */
  async #judge(replica: Replica, { receipt, place }: Stated): Promise<boolean> {
    const { onFalse, onRival } = this.#options
    if (!receipt.flushed || receipt.fork !== 0 || !isSignedReceipt(receipt)) return false
    if (isByAuthor(replica, receipt)) {
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
    if (!isByAuthor(replica, receipt)) return
    if ((await fitsTree(replica, receipt)) === false) this.#options.onRival(replica, receipt, null)
  }

  #placeOf({ journal, index }: JournalLine): Place {
    return this.#order.placeOf(journal, index)
  }

  #handOver(replica: Replica): void {
    const { id } = replica
    const early = this.#early.get(id)
    if (early === undefined) return
    this.#early.delete(id)
    replica.said = replica.said.length === 0 ? early : [...replica.said, ...early]
    replica.weighAgain()
  }

  #remember(id: string, line: JournalLine): void {
    this.#early.set(id, withLine(this.#early.get(id) ?? [], line))
  }
}

/** One at most: nobody honest signs for a recording twice in one breath, and each is two signatures to check. */
function receiptsIn({ entry, device }: JournalLine, recording: RecordingKey): Receipt[] {
  if (entry.kind !== 'receipts') return []
  const isMeant = (receipt: Receipt): boolean =>
    b4a.equals(receipt.recording, recording) && b4a.equals(receipt.holder, device)
  return entry.body.filter(isMeant).slice(-1)
}

/** With one line more; the first of each holder has the earliest date, and stays. */
function withLine(lines: readonly JournalLine[], line: JournalLine): JournalLine[] {
  if (lines.at(-1) === line) return lines as JournalLine[]
  const more = [...lines, line]
  const same = more.filter(({ device }) => b4a.equals(device, line.device))
  return same.length > MAX_REMEMBERED ? more.filter((one) => one !== same[1]) : more
}

/** The author signed the tree that the receipt names. */
function isByAuthor({ announced }: Replica, receipt: Receipt): boolean {
  return hasAuthorSignature(receipt, announced.signer)
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
