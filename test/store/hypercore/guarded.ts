// A holder's store as the engine opens it, guard first, but with Corestore's own replication: the
// widest door there is, for Corestore also opens cores by itself when somebody asks for them.

import b4a from 'b4a'
import Corestore from 'corestore'
import type { Assert } from 'brittle'
import type Hypercore from 'hypercore'
import crypto from 'hypercore-crypto'
import { manifestOf } from '../../../core/encoding/core-key.ts'
import type { Attempt } from '../../../core/store/hypercore/guard.ts'
import { prepareCores } from '../../../core/store/hypercore/prepare-cores.ts'
import { eventually } from '../../helpers/eventually.ts'
import { wire } from '../../helpers/devices/wire.ts'
import type { Wire } from '../../helpers/devices/wire.ts'

export class Holder {
  readonly attempts: Attempt[] = []
  readonly #dir: string
  #store: Corestore

  constructor(dir: string) {
    this.#dir = dir
    this.#store = this.#open()
  }

  static async create(t: Assert): Promise<Holder> {
    const holder = new Holder(await t.tmp())
    t.teardown(() => holder.close())
    return holder
  }

  get store(): Corestore {
    return this.#store
  }

  /** A session that fetches all there is. */
  async session(signer: Uint8Array): Promise<Hypercore> {
    const core = this.#store.get({ manifest: manifestOf(signer) })
    await core.ready()
    fetchAll(core)
    return core
  }

  /** As after a restart of the app: nothing is open until somebody asks. */
  async reopen(): Promise<void> {
    await this.close()
    this.#store = this.#open()
    await this.#store.ready()
  }

  close(): Promise<void> {
    return this.#store.close()
  }

  #open(): Corestore {
    const store = new Corestore(this.#dir)
    prepareCores(store, (attempt) => this.attempts.push(attempt))
    return store
  }
}

/** Asks for all there is of `core`, and all there will be. */
export function fetchAll(core: Hypercore): void {
  const download = core.download({ start: 0, end: -1 })
  download.done().catch(() => {})
}

/** Joins two copies of a core by a link of their own. */
export async function link(t: Assert, a: Hypercore, b: Hypercore): Promise<Wire> {
  const joined = await wire(t, crypto.keyPair(), crypto.keyPair())
  attach(joined, a, b)
  return joined
}

export function attach(joined: Wire, a: Hypercore, b: Hypercore): void {
  a.core.replicator.attachTo(joined.a.mux)
  b.core.replicator.attachTo(joined.b.mux)
}

/** Two stores on one stream, as Corestore joins them. */
export class Joint {
  /** Chunks that have passed, both ways. */
  chunks = 0
  readonly #streams: any[]

  constructor(t: Assert, a: Corestore, b: Corestore) {
    this.#streams = [a, b].map((store, i) => (store as any).replicate(i === 0))
    const [left, right] = this.#streams
    for (const stream of this.#streams) {
      stream.on('error', () => {})
      stream.on('data', () => this.chunks++)
    }
    left.pipe(right).pipe(left)
    t.teardown(() => this.part(), { order: -1 })
  }

  part(): void {
    for (const stream of this.#streams) stream.destroy()
  }

  /** Resolves once both have said all they have to say; fails where they never stop. */
  async quiet(): Promise<void> {
    let [before, looks] = [0, 0] // before the first word nothing has been said
    await eventually(
      () => {
        looks = this.chunks > 0 && this.chunks === before ? looks + 1 : 0
        before = this.chunks
        return looks >= 4
      },
      { everyMs: 50 }
    )
  }
}

export async function holdsAll(core: Hypercore, blocks: Uint8Array[]): Promise<boolean> {
  if (core.contiguousLength < blocks.length) return false
  for (const [i, block] of blocks.entries()) {
    const held = await core.get(i, { wait: false })
    if (held === null || !b4a.equals(held, block)) return false
  }
  return true
}

export function caughtUp(core: Hypercore, length: number): Promise<boolean> {
  return eventually(() => core.contiguousLength === length)
}
