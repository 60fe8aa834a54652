// The recordings of one circle that this device knows: at rest as the disk has them, awake where somebody
// asks or they are not whole, put to rest when nobody does, closed together. What is done again and again
// is done for those that are awake: of ten thousand that rest, none costs anything.
// Must never: open a recording that its author did not attest.

import b4a from 'b4a'
import { discoveryKeyOf } from '../../encoding/core-key.ts'
import { hex } from '../../encoding/hex.ts'
import type { RecordingSealed } from '../../encoding/journal/journal-entry.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import type { Announced } from '../../replica/announced.ts'
import type { ReplicaOptions } from '../../replica/replica-options.ts'
import { Replica } from '../../replica/replica.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { HeldCore } from '../../store/held-cores.ts'
import type { DeviceKey, RecordingKey } from '../../types/keys.ts'
import { mayRest } from './resting.ts'

export interface ReplicasOptions {
  store: EvidenceStore
  keys: DeviceKeys
  granted: NonNullable<ReplicaOptions['granted']>
  now: () => number
  /** Time that never goes back, ms. */
  steadyMs: () => number
  /** A replica that is about to open: what it tells while it does must be heard. */
  onNew: (replica: Replica) => void
  /** It is known no more. */
  onForgotten: (replica: Replica) => void
}

export interface Start {
  /** This device films it. */
  filming?: boolean
  /** Its author pushes it already. */
  pushed?: boolean
  /** What must have happened before it opens. */
  after?: Promise<unknown>
}

export class Replicas {
  readonly #options: ReplicasOptions
  /** Those that are being opened. */
  readonly #opening = new Map<string, Promise<Replica>>()
  readonly #open = new Map<string, Replica>()
  /** Whose receipts somebody has asked for since the last look. */
  #asked: Replica[] = []
  readonly #awake = new Set<Replica>()
  readonly #byDiscovery = new Map<string, Replica>()
  readonly #ends = new Map<string, RecordingSealed>()

  constructor(options: ReplicasOptions) {
    this.#options = options
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#opening.values())
    for (const replica of this.#open.values()) await replica.close()
  }

  /** Those that are known; one that is being opened joins them when it is ready. */
  get all(): Replica[] {
    return [...this.#open.values()]
  }

  /** Those whose cores are open. */
  get awake(): Replica[] {
    return [...this.#awake]
  }

  get(key: RecordingKey): Replica | null {
    return this.#open.get(hex(key)) ?? null
  }

  /** True where it is open, or being opened. */
  knows(key: RecordingKey): boolean {
    return this.#open.has(hex(key)) || this.#opening.has(hex(key))
  }

  /** Once it is open; null where nobody has told of it, or it could not be opened. */
  async settled(key: RecordingKey): Promise<Replica | null> {
    return this.get(key) ?? (await this.#opening.get(hex(key))?.catch(() => null)) ?? null
  }

  byDiscoveryKey(key: Uint8Array): Replica | null {
    return this.#byDiscovery.get(hex(key)) ?? null
  }

  add(announced: Announced, start: Start = {}): Promise<Replica> {
    const id = hex(announced.recording)
    const known = this.#open.get(id)
    if (known) return Promise.resolve(known)
    const opening = this.#opening.get(id) ?? this.#openOne(announced, start)
    this.#opening.set(id, opening)
    const done = (): void => void this.#opening.delete(id)
    opening.then(done, done)
    return opening
  }

  /** One that was known before this start: at rest, with what is on the disk of it. */
  addResting(announced: Announced, here: HeldCore): Replica {
    const replica = this.#make(announced, { resting: here })
    this.#keep(replica)
    return replica
  }

  /** It turns out that its author never attested it. Its blocks stay on the disk. */
  forget(replica: Replica): void {
    this.#open.delete(replica.id)
    this.#options.onForgotten(replica)
    this.#byDiscovery.delete(hex(discoveryKeyOf(replica.key)))
    replica.close().catch(() => {})
  }

  /** Its author says how long it became; said, perhaps, before it is known here. */
  end(by: DeviceKey, sealed: RecordingSealed): void {
    this.#ends.set(hex(sealed.recording) + hex(by), sealed)
    const replica = this.get(sealed.recording)
    if (replica) this.#endWhereTold(replica)
  }

  /** It is another author's than was believed: what that one said of its end counts. */
  attributed(replica: Replica): void {
    this.#endWhereTold(replica)
  }

  /** Its core is open; one that is still being opened joins those that are awake when it is ready. */
  woke(replica: Replica): void {
    if (this.#open.get(replica.id) === replica) this.#awake.add(replica)
  }

  rested(replica: Replica): void {
    this.#awake.delete(replica)
  }

  /** @param linked members linked and heard from */
  restIdle(linked: readonly DeviceKey[]): void {
    const moment = { linked, nowMs: this.#options.steadyMs() }
    for (const replica of this.#awake) if (mayRest(replica, moment)) void replica.rest()
  }

  /** Somebody asked for its receipts: they take memory. */
  asked(replica: Replica): void {
    this.#asked.push(replica)
  }

  /** Nobody asks for them just now: as a rule they can be read anew. */
  letGoOfReceipts(): void {
    const asked = this.#asked
    this.#asked = asked.filter(({ core }) => core !== null)
    for (const replica of asked) if (replica.core === null) replica.letGoOfReceipts()
  }

  async #openOne(announced: Announced, { after, ...mode }: Start): Promise<Replica> {
    await after
    const replica = this.#make(announced, mode)
    await replica.ready()
    this.#keep(replica)
    return replica
  }

  #make(
    announced: Announced,
    mode: Pick<ReplicaOptions, 'filming' | 'pushed' | 'resting'>
  ): Replica {
    const { store, keys, granted, now, steadyMs, onNew } = this.#options
    const replica = new Replica({ store, keys, granted, announced, now, steadyMs, ...mode })
    onNew(replica)
    return replica
  }

  #keep(replica: Replica): void {
    const { announced, id, key } = replica
    this.#open.set(id, replica)
    if (replica.core !== null) this.#awake.add(replica)
    this.#byDiscovery.set(hex(discoveryKeyOf(key)), replica)
    this.#endWhereTold(replica)
    const before = announced.previous && this.get(announced.previous)
    if (before && b4a.equals(before.announced.author, announced.author)) before.over = true
  }

  #endWhereTold(replica: Replica): void {
    if (this.#ends.size === 0) return
    const name = replica.id + hex(replica.announced.author)
    const told = this.#ends.get(name)
    if (told === undefined) return
    this.#ends.delete(name)
    replica.endsAt(told.length, told.reason)
  }
}
