// Gives members the keys of recordings that they may open and this device can: sealed to each of them, in
// this device's journal, many at once. What cannot be answered yet waits: this device is locked, the film
// runs, or has not come here.
// Must never: give a key twice, or where somebody else has and the member does not say that it opens nothing.

import b4a from 'b4a'
import type { Circle } from '../../circle/circle.ts'
import { inTurns } from '../../circle/lists.ts'
import type { KeyWanted } from '../../encoding/control.ts'
import { hex } from '../../encoding/hex.ts'
import type { JournalEntry } from '../../encoding/journal/journal-entry.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { wrapFor } from '../../identity/device-keys.ts'
import { wipe } from '../../identity/hash.ts'
import { GRANTS_FOR_A_DEVICE, MAX_KEYS_WAITING } from '../../limits.ts'
import { Allowance } from '../../replica/allowance.ts'
import type { Replica } from '../../replica/replica.ts'
import type { ChainKey, DeviceKey, RecordingKey } from '../../types/keys.ts'
import type { Peer } from '../members/peer.ts'
import type { GrantBook } from './grant-book.ts'
import { isOver, mayHaveKey, readerIn } from './may-have-key.ts'

/** Given in one go: a few milliseconds. */
const AT_ONCE = 32

interface Asked {
  peer: Peer
  wanted: KeyWanted
}

export interface GrantingOptions {
  circle: Circle
  keys: DeviceKeys
  book: GrantBook
  /** For the caller to wipe; null where no key here opens it. */
  firstKeyOf: (replica: Replica) => Promise<ChainKey | null>
  replicaOf: (key: RecordingKey) => Replica | null
  isApart: (replica: Replica) => boolean
  /** Time that never goes back, ms. */
  steadyMs: () => number
  onError: (err: unknown) => void
}

export class Granting {
  readonly #options: GrantingOptions
  /** By who asks, then by recording as hex. */
  readonly #waiting = new Map<Peer, Map<string, Asked>>()
  readonly #allowances = new Map<string, Allowance>()
  #work: Promise<void> | null = null
  #closed = false

  constructor(options: GrantingOptions) {
    this.#options = options
  }

  async close(): Promise<void> {
    this.#closed = true
    await this.#work
  }

  /** A member lacks these keys. */
  asked(peer: Peer, list: readonly KeyWanted[]): void {
    if (!peer.mayAskForKeys()) return
    const waiting = this.#waiting.get(peer) ?? new Map<string, Asked>()
    this.#waiting.set(peer, waiting)
    for (const wanted of list) {
      const id = hex(wanted.recording)
      if (waiting.has(id) || waiting.size < MAX_KEYS_WAITING) waiting.set(id, { peer, wanted })
    }
  }

  part(peer: Peer): void {
    this.#waiting.delete(peer)
  }

  tick(): void {
    if (this.#closed || this.#work !== null || this.#waiting.size === 0 || !this.#mayGive()) return
    this.#work = this.#give()
      .catch(this.#options.onError)
      .finally(() => (this.#work = null))
  }

  #mayGive(): boolean {
    const { circle, keys } = this.#options
    if (keys.isLocked || !circle.hasRoomForReceipts) return false
    return readerIn(circle.roster, keys.device) !== null
  }

  async #give(): Promise<void> {
    const { circle } = this.#options
    const entries: JournalEntry[] = []
    for (const asked of this.#due()) {
      const entry = await this.#answer(asked)
      if (entry !== null) entries.push(entry)
    }
    if (this.#closed || entries.length === 0) return
    await circle.sayAll(entries)
  }

  /** Those that can be decided now, of each member in turn; who asks for nothing it may have waits no more. */
  #due(): Asked[] {
    const lists = [...this.#waiting.values()].map((waiting) => {
      const due: Asked[] = []
      for (const [id, asked] of waiting) {
        if (due.length === AT_ONCE) break
        const replica = this.#ready(asked.wanted.recording)
        if (replica === null) continue
        if (this.#isDue(asked, replica)) due.push(asked)
        else waiting.delete(id)
      }
      return due
    })
    return inTurns(lists).slice(0, AT_ONCE)
  }

  /** Null where it is too early. */
  #ready(recording: RecordingKey): Replica | null {
    const { replicaOf, isApart, steadyMs } = this.#options
    const replica = replicaOf(recording)
    if (replica === null || replica.length === 0 || isApart(replica)) return null
    return isOver(replica, steadyMs()) ? replica : null
  }

  #isDue({ peer, wanted }: Asked, replica: Replica): boolean {
    const { circle, keys, book } = this.#options
    if (mayHaveKey(circle.roster, peer.device, replica) === null) return false
    const given = book.given(replica.key, peer.device)
    return given.length <= wanted.tried && !given.some(({ by }) => b4a.equals(by, keys.device))
  }

  async #answer(asked: Asked): Promise<JournalEntry | null> {
    const { circle, keys, firstKeyOf, replicaOf } = this.#options
    const { peer, wanted } = asked
    const replica = replicaOf(wanted.recording)
    const first = replica && (await firstKeyOf(replica))
    if (!keys.isLocked) this.#waiting.get(peer)?.delete(hex(wanted.recording))
    if (replica === null || first === null) return null
    const member = mayHaveKey(circle.roster, peer.device, replica)
    const wrappedKey = member && this.#allows(peer.device) ? wrapFor(member.box, first) : null
    wipe(first)
    if (wrappedKey === null) return null
    return { kind: 'grant', body: { recording: replica.key, device: peer.device, wrappedKey } }
  }

  #allows(device: DeviceKey): boolean {
    const nowMs = this.#options.steadyMs()
    const id = hex(device)
    const allowance = this.#allowances.get(id) ?? new Allowance(GRANTS_FOR_A_DEVICE, nowMs)
    this.#allowances.set(id, allowance)
    allowance.refill(nowMs)
    return allowance.take(1)
  }
}
