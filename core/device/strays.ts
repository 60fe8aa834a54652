// Recordings in the store that no circle of this device tells of: its memory of a circle is gone, or the
// journal that announced them. They are as safe as before, and the device's seed opens those it may read,
// with no circle at all.
// Must never: count one as held by this device in any circle, or sign for it.

import b4a from 'b4a'
import type Hypercore from 'hypercore'
import { TemoinError } from '../errors.ts'
import type { PackageSource } from '../evidence/write/package-source.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { DeviceKeys } from '../identity/device-keys.ts'
import { readPublicHeader, RecordingReader } from '../recording/reader.ts'
import { atHead } from '../replica/evidence-source.ts'
import type { EvidenceStore } from '../store/evidence-store.ts'
import type { TakenRecording } from '../store/take-recordings.ts'
import type { DeviceKey, RecordingKey } from '../types/keys.ts'

export interface Stray {
  key: RecordingKey
  /** Blocks held without a hole. */
  length: number
  /** By the author's clock. */
  startedAtMs: number
  /** Where this device may read it. */
  author: DeviceKey | null
}

export class Strays {
  readonly #store: EvidenceStore
  readonly #keys: DeviceKeys

  constructor(store: EvidenceStore, keys: DeviceKeys) {
    this.#store = store
    this.#keys = keys
  }

  /** Those that are in none of these circles, oldest first. */
  async list(exchanges: readonly Exchange[]): Promise<Stray[]> {
    const known = exchanges.flatMap(({ replicas, apart }) => [...replicas, ...apart])
    const found: Stray[] = []
    for (const key of await this.#store.others(known.map((replica) => replica.key))) {
      found.push(await this.#opened(key, (core, block0) => this.#look(core, block0)))
    }
    return found.sort((a, b) => a.startedAtMs - b.startedAtMs)
  }

  /**
   * What its evidence package is made of, as far as it is whole; the receipts were in the circle's journals.
   * @throws TemoinError NOT_READABLE, BAD_STATE
   */
  async export<T>(key: RecordingKey, write: (source: PackageSource) => Promise<T>): Promise<T> {
    return this.#opened(key, async (core, block0) => {
      const reader = this.#reader(core.key, block0)
      if (reader === null) throw unreadable()
      try {
        const signed = atHead(core)
        if (signed === null || signed.length > core.contiguousLength) throw incomplete()
        const block = async (index: number): Promise<Uint8Array> =>
          (await core.get(index, { wait: false }))!
        const { signer } = reader.public
        return await write({ key, signer, fork: 0, ...signed, block, reader, receipts: [] })
      } finally {
        reader.wipe()
      }
    })
  }

  /** Takes over what a panic on another device has left in `dir`. @throws TemoinError BAD_INPUT */
  takeIn(dir: string): Promise<TakenRecording[]> {
    return this.#store.takeIn(dir)
  }

  #look(core: Hypercore, block0: Uint8Array): Stray {
    const reader = this.#reader(core.key, block0)
    const author = reader && b4a.from(reader.private.device)
    reader?.wipe()
    const { startedAtMs } = readPublicHeader(block0)
    return { key: core.key, length: core.contiguousLength, startedAtMs, author }
  }

  #reader(key: RecordingKey, block0: Uint8Array): RecordingReader | null {
    try {
      return RecordingReader.find(key, block0, (sealed) => this.#keys.unwrap(sealed))
    } catch {
      return null // its first block is not what its author meant it to be
    }
  }

  async #opened<T>(
    key: RecordingKey,
    work: (core: Hypercore, block0: Uint8Array) => Promise<T> | T
  ): Promise<T> {
    const core = await this.#store.existing(key)
    const block0 = await core?.get(0, { wait: false })
    try {
      if (!core || !block0) throw incomplete()
      return await work(core, block0)
    } finally {
      await core?.close()
    }
  }
}

function unreadable(): TemoinError {
  return new TemoinError(
    'NOT_READABLE',
    'This device holds this recording but has no key that opens it: it stays as it is, and a member who reads it can export it'
  )
}

function incomplete(): TemoinError {
  return new TemoinError(
    'BAD_STATE',
    'This recording is not whole here: join the circle it was made in again to fetch the rest, then export it'
  )
}
