// The recordings of one circle that this device knows: opened as they become known, put to rest when
// they are whole and nobody asks, closed together.
// Must never: open a recording that its author did not attest.

import b4a from 'b4a'
import { hex } from '../encoding/hex.ts'
import type { RecordingSealed } from '../encoding/journal-entry.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import type { Announced } from '../replica/announced.ts'
import { Replica } from '../replica/replica.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import type { DeviceKey, RecordingKey } from '../types/keys.ts'

/** A complete replica that nobody has asked for so long is put to rest. */
const REST_AFTER_MS = 20_000

export interface ReplicasOptions {
  store: EvidenceStore
  keys: DeviceKeys
  now: () => number
  /** Time that never goes back, ms. */
  steadyMs: () => number
  /** A replica that is about to open: what it tells while it does must be heard. */
  onNew: (replica: Replica) => void
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
  readonly #all = new Map<string, Promise<Replica>>()
  readonly #open = new Map<string, Replica>()
  readonly #byDiscovery = new Map<string, Replica>()
  readonly #ends = new Map<string, number>()

  constructor(options: ReplicasOptions) {
    this.#options = options
  }

  async close(): Promise<void> {
    await Promise.allSettled(this.#all.values())
    for (const replica of this.#open.values()) await replica.close()
  }

  /** Those that are open; one that is being opened joins them when it is ready. */
  get all(): Replica[] {
    return [...this.#open.values()]
  }

  get(key: RecordingKey): Replica | null {
    return this.#open.get(hex(key)) ?? null
  }

  /** True where it is open, or being opened. */
  knows(key: RecordingKey): boolean {
    return this.#all.has(hex(key))
  }

  /** Once it is open; null where nobody has told of it, or it could not be opened. */
  async settled(key: RecordingKey): Promise<Replica | null> {
    return this.get(key) ?? (await this.#all.get(hex(key))?.catch(() => null)) ?? null
  }

  byDiscoveryKey(key: Uint8Array): Replica | null {
    return this.#byDiscovery.get(hex(key)) ?? null
  }

  add(announced: Announced, start: Start = {}): Promise<Replica> {
    const id = hex(announced.recording)
    const known = this.#all.get(id)
    if (known) return known
    const opened = this.#openOne(announced, start)
    this.#all.set(id, opened)
    opened.catch(() => this.#all.delete(id))
    return opened
  }

  /** Its author says how long it became; said, perhaps, before it is known here. */
  end(by: DeviceKey, { recording, length }: RecordingSealed): void {
    this.#ends.set(hex(recording) + hex(by), length)
    const replica = this.get(recording)
    if (replica) this.#endWhereTold(replica)
  }

  /** It is another author's than was believed: what that one said of its end counts. */
  attributed(replica: Replica): void {
    this.#endWhereTold(replica)
  }

  restIdle(): void {
    const nowMs = this.#options.steadyMs()
    for (const replica of this.#open.values()) if (mayRest(replica, nowMs)) void replica.rest()
  }

  async #openOne(announced: Announced, { after, ...mode }: Start): Promise<Replica> {
    const { store, keys, now, steadyMs, onNew } = this.#options
    await after
    const replica = new Replica({ store, keys, announced, now, steadyMs, ...mode })
    onNew(replica)
    await replica.ready()
    this.#open.set(hex(announced.recording), replica)
    this.#byDiscovery.set(hex(replica.core!.discoveryKey), replica)
    this.#endWhereTold(replica)
    const before = announced.previous && this.get(announced.previous)
    if (before && b4a.equals(before.announced.author, announced.author)) before.over = true
    return replica
  }

  #endWhereTold(replica: Replica): void {
    const length = this.#ends.get(hex(replica.key) + hex(replica.announced.author))
    if (length !== undefined) replica.endsAt(length)
  }
}

function mayRest(replica: Replica, nowMs: number): boolean {
  const { core, activeAtMs } = replica
  if (core === null || !(replica.sealed || replica.over)) return false
  if (nowMs - activeAtMs < REST_AFTER_MS) return false
  return core.peers.every((peer) => peer.remoteContiguousLength >= core.length)
}
