// The journal this device writes in one circle. Appends are encrypted, signed, and on the disk itself
// before they resolve. After an unclean stop it goes on in a new core that names the previous: an
// index that others may have seen is never written twice.
// Must never: append to a core that this process did not start or find cleanly closed.

import type { KeyPair } from 'hypercore-crypto'
import type Hypercore from 'hypercore'
import ReadyResource from 'ready-resource'
import { coreKey } from '../../encoding/core-key.ts'
import type { OwnJournalState } from '../../encoding/memory/device-state.ts'
import type { JournalEntry } from '../../encoding/journal/journal-entry.ts'
import type { JournalHead } from '../../encoding/journal/journal-head.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { wipe } from '../../identity/hash.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { CircleId, JournalKey } from '../../types/keys.ts'
import { sealJournalEntry } from './journal-cipher.ts'
import type { JournalCipherKey } from './journal-cipher.ts'
import { makeHead } from './journal-head.ts'
import { journalPair, newSalt } from './journal-pair.ts'

export interface OwnJournalOptions {
  store: EvidenceStore
  keys: DeviceKeys
  circle: CircleId
  /** What this entry is encrypted with, were it written now. */
  keyFor: (entry: JournalEntry) => JournalCipherKey
  /** The journal to go on in, or null. */
  last: OwnJournalState | null
  /** The head of the newest journal of this device, to go on in or not; or null. */
  newest: JournalHead | null
  /** Persists a journal that has just been started; must be durable when it resolves. */
  save: (state: OwnJournalState) => Promise<void>
  /** Persists that `last` must never be gone on in, not even once the store was closed cleanly. */
  abandon: () => Promise<void>
  /** It is on the disk; what comes next is said when this has resolved. */
  written: (journal: JournalKey) => Promise<void>
  now: () => number
}

export class OwnJournal extends ReadyResource {
  readonly #options: OwnJournalOptions
  #newest: JournalHead | null
  #core: Hypercore | null = null
  #pair: KeyPair | null = null
  #queue: Promise<unknown> = Promise.resolve()
  #nextSalt: Uint8Array | null = null

  constructor(options: OwnJournalOptions) {
    super()
    this.#options = options
    this.#newest = options.newest
  }

  protected override async _open(): Promise<void> {
    const { store, last, abandon } = this.#options
    if (last === null) return
    if (store.wasClean) await this.#resume(last)
    else await abandon()
  }

  protected override async _close(): Promise<void> {
    await this.#queue.catch(() => {})
    if (this.#core) await this.#core.close()
    if (this.#pair) wipe(this.#pair.secretKey)
  }

  get core(): Hypercore | null {
    return this.#core
  }

  /** The journal that is begun next, the founding one, is that which the circle's id was made from. */
  beginWith(salt: Uint8Array): void {
    this.#nextSalt = salt
  }

  /** Appends in order, these in one piece; resolves once they are on disk and read. */
  append(entries: JournalEntry[]): Promise<void> {
    const done = this.#queue.catch(() => {}).then(() => this.#append(entries))
    this.#queue = done
    return done
  }

  async #append(entries: JournalEntry[]): Promise<void> {
    const { store, keyFor, written } = this.#options
    const core = this.#core ?? (await this.#start())
    const blocks = entries.map((entry, i) =>
      sealJournalEntry(keyFor(entry), { journal: core.key, index: core.length + i }, entry)
    )
    await core.append(blocks, { keyPair: this.#pair! })
    await store.durable()
    await written(core.key)
  }

  async #resume(state: OwnJournalState): Promise<void> {
    this.#pair = journalPair(this.#options.keys, state.salt)
    this.#core = await this.#options.store.core(state.head.signer)
  }

  /** The new core is known to the device's state before anything is written to it. */
  async #start(): Promise<Hypercore> {
    const { store, keys, circle, save, now } = this.#options
    const previous = this.#newest === null ? null : coreKey(this.#newest.signer)
    const salt = this.#nextSalt ?? newSalt()
    this.#nextSalt = null
    const pair = journalPair(keys, salt)
    const head = makeHead(keys, circle, { pair, startedAtMs: now(), previous })
    await save({ salt, head })
    this.#newest = head
    this.#pair = pair
    this.#core = await store.core(pair.publicKey)
    return this.#core
  }
}
