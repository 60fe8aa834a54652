// What is known about who holds one recording, and up to where. A receipt is a dated statement, and two
// questions are asked of it: what is safe there now (the longest that counts), and what can be shown
// later, with which date (all that tell something the others do not).
// Must never: let a later date take the place of an earlier one, or count what its holder has lost since.

import b4a from 'b4a'
import { hex } from '../../encoding/hex.ts'
import type { Receipt } from '../../encoding/recording/receipt.ts'
import type { DeviceKey } from '../../types/keys.ts'

/** Statements kept of one holder: one for every batch in its journal, and one that is not there yet. */
const MAX_STATEMENTS = 256
/** Lines of one holder's journals about one recording that are remembered, to be read again. */
export const MAX_REMEMBERED = 64

/** Where in a device's journals something stands: clocks jump, this order does not. */
export interface Place {
  /** Which of its journals, the first being 0. */
  depth: number
  /** The entry in that journal. */
  index: number
}

/** A holder says that of what it had signed for only the first `length` blocks may be there still. */
export interface Loss {
  length: number
  /** By its clock, ms since 1970. */
  atMs: number
  place: Place
}

interface Statement {
  receipt: Receipt
  /** In its holder's journal; null where it came over a link and is in no journal read so far. */
  place: Place | null
  /** By this process: before anything it finds lost later. */
  isOurs: boolean
  /** What it names was lost since, or may have been. */
  isVoid: boolean
}

export class ReceiptBook {
  readonly #statements = new Map<string, Statement[]>()
  /** Few recordings have any. */
  #losses: Map<string, Loss> | null = null

  /**
   * Keeps a receipt that has been checked.
   * @param place in its holder's journal, where it was read there
   * @returns true where more counts than before
   */
  add(receipt: Receipt, place: Place | null = null): boolean {
    const isVoid = !isAfter(receipt, place, this.#lossOf(receipt.holder))
    return this.#keep({ receipt, place, isOurs: false, isVoid })
  }

  /** Keeps a receipt that this device signs at this moment, after whatever it has lost before. */
  sign(receipt: Receipt): boolean {
    return this.#keep({ receipt, place: null, isOurs: true, isVoid: false })
  }

  /** What its holder signed for before counts no longer; it stays a dated statement. */
  lose(holder: DeviceKey, loss: Loss): void {
    const merged = merge(this.#lossOf(holder), loss)
    this.#losses ??= new Map()
    this.#losses.set(hex(holder), merged)
    for (const statement of this.#of(holder)) {
      const { receipt, place, isOurs } = statement
      const isSafe = receipt.length <= merged.length
      statement.isVoid = isOurs ? !isSafe : !isAfter(receipt, place, merged)
    }
  }

  /** The longest receipt of this holder that counts; of equally long ones the earliest. */
  of(holder: DeviceKey): Receipt | null {
    return this.#of(holder).findLast(({ isVoid }) => !isVoid)?.receipt ?? null
  }

  /** Blocks that this holder has signed for, as far as that counts; 0 where none. */
  lengthOf(holder: DeviceKey): number {
    return this.of(holder)?.length ?? 0
  }

  /** Blocks that somebody else than this holder has signed for, as far as that counts. */
  lengthBeside(holder: DeviceKey): number {
    const id = hex(holder)
    const others = [...this.#statements].filter(([other]) => other !== id)
    const lengths = others.map(([, all]) => all.findLast(({ isVoid }) => !isVoid)?.receipt.length)
    return Math.max(0, ...lengths.map((length) => length ?? 0))
  }

  /** Blocks that its own journal says it holds. */
  journaledOf(holder: DeviceKey): number {
    const lasting = this.#of(holder).findLast(({ place, isVoid }) => place !== null && !isVoid)
    return lasting?.receipt.length ?? 0
  }

  /** When it says it got its first block, as far as that is true still, ms since 1970; or null. */
  heldSinceMs(holder: DeviceKey): number | null {
    const counting = this.#of(holder).filter(({ isVoid }) => !isVoid)
    if (counting.length === 0) return null
    return Math.min(...counting.map(({ receipt }) => receipt.heldSinceMs))
  }

  /** Statements of this holder: as many as an evidence package shows of it. */
  countOf(holder: DeviceKey): number {
    return this.#of(holder).length
  }

  /** Every statement, those included that count no longer: they say what was where, and when. */
  all(): Receipt[] {
    return [...this.#statements.values()].flat().map(({ receipt }) => receipt)
  }

  /** True where the journals say all that is known here, and it can be known from them again. */
  get isInJournals(): boolean {
    for (const statements of this.#statements.values()) {
      if (statements.length > MAX_REMEMBERED) return false
      if (statements.some(({ place }) => place === null)) return false
    }
    return true
  }

  /** A statement for as many blocks that are other blocks, or null. */
  rivalOf({ length, treeHash }: Receipt): Receipt | null {
    for (const statements of this.#statements.values()) {
      const rival = statements.find(({ receipt }) => isRival(receipt, length, treeHash))
      if (rival) return rival.receipt
    }
    return null
  }

  #of(holder: DeviceKey): Statement[] {
    return this.#statements.get(hex(holder)) ?? []
  }

  #lossOf(holder: DeviceKey): Loss | null {
    return this.#losses?.get(hex(holder)) ?? null
  }

  #keep(fresh: Statement): boolean {
    const { receipt, place } = fresh
    const known = this.#of(receipt.holder)
    const before = this.lengthOf(receipt.holder)
    const same = known.find((one) => b4a.equals(one.receipt.signature, receipt.signature))
    if (same && (place === null || same.place !== null)) return false
    const others = known.filter((one) => one !== same)
    if (others.some((one) => tellsAll(one, fresh))) return false
    const kept = others.filter((one) => !tellsAll(fresh, one) && !isOvertaken(one, fresh))
    this.#statements.set(hex(receipt.holder), inBounds([...kept, fresh].sort(byLength)))
    return this.lengthOf(receipt.holder) > before
  }
}

/** True where `one` covers as much, was signed no later, and counts wherever `other` does. */
function tellsAll(one: Statement, other: Statement): boolean {
  const [a, b] = [one.receipt, other.receipt]
  if (one.place === null && other.place !== null) return false
  return a.length >= b.length && a.atMs <= b.atMs && (!one.isVoid || other.isVoid)
}

/** While a film runs receipts come with every block: only what is in a journal lasts. */
function isOvertaken(one: Statement, fresh: Statement): boolean {
  if (one.place !== null || fresh.receipt.length < one.receipt.length) return false
  return fresh.place === null && (!fresh.isVoid || one.isVoid)
}

function byLength(a: Statement, b: Statement): number {
  return a.receipt.length - b.receipt.length || b.receipt.atMs - a.receipt.atMs
}

/** The first date and the newest lengths are worth most. */
function inBounds(statements: Statement[]): Statement[] {
  if (statements.length > MAX_STATEMENTS) statements.splice(1, 1)
  return statements
}

/** True where the receipt was signed for what its holder has had since the loss. */
function isAfter(receipt: Receipt, place: Place | null, loss: Loss | null): boolean {
  if (loss === null || receipt.length <= loss.length) return true
  return place === null ? receipt.atMs > loss.atMs : comparePlaces(place, loss.place) > 0
}

function isRival(one: Receipt, length: number, treeHash: Uint8Array): boolean {
  return one.length === length && !b4a.equals(one.treeHash, treeHash)
}

/** One for both: at worst it says too little is safe, and its holder signs anew. */
export function merge(known: Loss | null, loss: Loss): Loss {
  if (known === null) return loss
  return {
    length: Math.min(known.length, loss.length),
    atMs: Math.max(known.atMs, loss.atMs),
    place: comparePlaces(known.place, loss.place) > 0 ? known.place : loss.place
  }
}

function comparePlaces(a: Place, b: Place): number {
  return a.depth - b.depth || a.index - b.index
}
