// Keys of recordings for members who could not be given one when they were filmed: asked for over links,
// given in journals.

import type { Circle } from '../../circle/circle.ts'
import type { JournalLine } from '../../circle/roster.ts'
import type { KeyWanted } from '../../encoding/control.ts'
import type { DeviceKeys } from '../../identity/device-keys.ts'
import { wipe } from '../../identity/hash.ts'
import type { Replica } from '../../replica/replica.ts'
import type { EvidenceStore } from '../../store/evidence-store.ts'
import type { ChainKey, RecordingKey } from '../../types/keys.ts'
import type { Peer } from '../members/peer.ts'
import { firstKeyOf } from './first-key.ts'
import { GrantBook } from './grant-book.ts'
import { Granting } from './granting.ts'
import { WantedKeys } from './wanted-keys.ts'

export interface GrantsOptions {
  circle: Circle
  keys: DeviceKeys
  store: EvidenceStore
  /** Members linked and heard from. */
  peers: () => Peer[]
  replicaOf: (key: RecordingKey) => Replica | null
  isApart: (replica: Replica) => boolean
  /** Time that never goes back, ms. */
  steadyMs: () => number
  onError: (err: unknown) => void
}

export class Grants {
  readonly #options: GrantsOptions
  readonly #book = new GrantBook()
  readonly #wanted: WantedKeys
  readonly #granting: Granting

  constructor(options: GrantsOptions) {
    this.#options = options
    const book = this.#book
    const keyOf = (replica: Replica): Promise<ChainKey | null> => this.#firstKeyOf(replica)
    this.#granting = new Granting({ ...options, book, firstKeyOf: keyOf })
    this.#wanted = new WantedKeys({ ...options, book, opens: (replica) => this.#opens(replica) })
  }

  /** @param replicas those from before this start */
  start(replicas: readonly Replica[]): void {
    this.#wanted.start(replicas)
  }

  async close(): Promise<void> {
    await this.#wanted.close()
    await this.#granting.close()
  }

  /** A journal says something. */
  read(line: JournalLine): void {
    this.#book.read(line)
  }

  /** Keys of it that members have wrapped for this device, true ones or not. */
  boxes(recording: RecordingKey): Uint8Array[] {
    return this.#book.given(recording, this.#options.keys.device).map(({ box }) => box)
  }

  /** No key here opens it. */
  want(replica: Replica): void {
    this.#wanted.add(replica)
  }

  /** A member lacks these keys. */
  asked(peer: Peer, list: readonly KeyWanted[]): void {
    this.#granting.asked(peer, list)
  }

  greet(): void {
    this.#wanted.greet()
  }

  part(peer: Peer): void {
    this.#wanted.part(peer)
    this.#granting.part(peer)
  }

  tick(): void {
    this.#granting.tick()
    this.#wanted.tick()
  }

  #firstKeyOf(replica: Replica): Promise<ChainKey | null> {
    const { store, keys } = this.#options
    return firstKeyOf(replica, { store, keys, boxes: (recording) => this.boxes(recording) })
  }

  async #opens(replica: Replica): Promise<boolean> {
    const first = await this.#firstKeyOf(replica)
    if (first !== null) wipe(first)
    return first !== null
  }
}
