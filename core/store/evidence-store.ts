// The one door to the disk. Opens a device's Corestore with the erasure guard first, makes sure a
// damaged write-ahead log neither hangs nor passes unnoticed, and says when bytes are really on disk.
// The only caller of Corestore while a device runs (opening.ts reads what a panic finds and what a damaged
// disk has left, and replicates nothing). Must never: open a core without the guard, delete one (but
// see erase.ts), or follow a fork.

import Corestore from 'corestore'
import HypercoreStorage from 'hypercore-storage'
import type Hypercore from 'hypercore'
import ReadyResource from 'ready-resource'
import { TemoinError } from '../errors.ts'
import { coreKey, discoveryKeyOf, manifestOf } from '../encoding/core-key.ts'
import { hex } from '../encoding/hex.ts'
import { freeBytesOf, makeDirectories, path } from '../runtime/fs.ts'
import { FileLock } from '../runtime/lock.ts'
import type { RecordingKey } from '../types/keys.ts'
import type { Link } from '../types/link.ts'
import { dropMoment, withMoment } from './backup/moment.ts'
import { removeQuarantined } from './block-check.ts'
import { eraseCores } from './erase.ts'
import { LossNote } from './files/loss-note.ts'
import { removeMark } from './files/mark.ts'
import { quarantineOf } from './files/quarantine.ts'
import { bytesOf, heldCores } from './held-cores.ts'
import type { HeldCore, HeldCoresOptions } from './held-cores.ts'
import type { Attempt } from './hypercore/guard.ts'
import { tellAtOnce } from './hypercore/news/hush.ts'
import { prepareCores } from './hypercore/prepare-cores.ts'
import { spare } from './hypercore/spare.ts'
import { closeByForce, mendLog, openInTime } from './opening.ts'
import { recordingsBut } from './recording-core.ts'
import { RestingCore } from './resting-core.ts'
import { endSalvage, salvageStore } from './salvage/salvage-store.ts'
import type { Salvaged } from './salvage/salvage-store.ts'
import { askForSalvage, isDamagedTable, isSalvageDue } from './salvage/table-damage.ts'
import { asStorageError, inUse, notMade } from './storage-errors.ts'
import { takeRecordings } from './take-recordings.ts'
import type { TakenRecording } from './take-recordings.ts'
import { isMarkedClean, markClean } from './wal/clean-mark.ts'
import { Durability } from './wal/durability.ts'
import type { WalReport } from './wal/wal-check.ts'

/** What RocksDB gathers in memory before it writes a table; its own 64 MiB would be most of our memory. */
const WRITE_BUFFER_BYTES = 4 * 1024 * 1024
/**
 * RocksDB would fill a cache of 32 MiB with what is read once, and the system keeps the files in memory
 * anyway. Indexes and filters, which it has to have at hand, are then outside it: 60 MiB for a terabyte.
 */
const NO_CACHE = { blockCache: false, tableCacheIndexAndFilterBlocks: false }
/**
 * By default RocksDB writes the older quarter of all blocks anew again and again, for what may have been deleted
 * from their files: after 450 MB of film six bytes for each that comes in, and more with every minute. Here
 * nothing is deleted but by `eraseCores`, which writes anew what shares a file with it.
 */
const WRITTEN_ONCE = { blobGarbageCollectionAgeCutOff: 0 }
/** Hypercore keeps 16,384 of them by itself: five megabytes that grow for half an hour of film. */
const TREE_NODES_IN_MEMORY = 512

export interface StoreEvents {
  /** A key holder tried to take something back. */
  attempt: [Attempt]
  /** The log was damaged at its end; what was cut off is in quarantine. */
  damaged: [{ quarantine: string; bytesLost: number }]
  /** A part of the store cannot be read: what can be is being copied, which may take long. */
  salvaging: []
  /** What could be read of the store is in a fresh one. */
  salvaged: [Salvaged]
}

export class EvidenceStore extends ReadyResource<StoreEvents> {
  readonly dir: string
  /** True where the last process on this store closed it, and nothing of what it wrote is missing. */
  wasClean = true
  readonly loss: LossNote
  readonly #lock = new FileLock()
  #cores: Corestore | null = null
  #durability: Durability | null = null

  /** @param options.dir the device's storage directory; made where it is missing */
  constructor({ dir }: { dir: string }) {
    super()
    this.setMaxListeners(0) // one for each circle
    this.dir = dir
    this.loss = new LossNote(dir)
  }

  protected override async _open(): Promise<void> {
    await this.#takeDirectory()
    try {
      await dropMoment(this.dir)
      await endSalvage(this.dir)
      if (await isSalvageDue(this.dir)) await this.#salvage()
      await this.#openCores().catch(async (err: unknown) => {
        if (!isDamagedTable(err)) throw err
        await this.#salvage()
        await this.#openCores()
      })
      await removeMark(this.#cleanFile)
      this.#durability = new Durability(this.#cores!, WRITE_BUFFER_BYTES)
    } catch (err) {
      if (this.#cores) await closeByForce(this.#cores)
      this.#lock.release()
      throw asStorageError(err, this.dir)
    }
  }

  async #openCores(): Promise<void> {
    await this.#mend()
    const cores = new Corestore(
      new HypercoreStorage(this.#storeDir, {
        ...NO_CACHE,
        ...WRITTEN_ONCE,
        writeBufferSize: WRITE_BUFFER_BYTES,
        treeCache: { maxSize: TREE_NODES_IN_MEMORY }
      })
    )
    prepareCores(cores, (attempt) => this.emit('attempt', attempt))
    await openInTime(cores)
    this.#cores = cores
  }

  /** What was signed for may be gone with what cannot be read: that is told before anything else. */
  async #salvage(): Promise<void> {
    this.emit('salvaging')
    await askForSalvage(this.dir) // until it is done
    await this.loss.add()
    const salvaged = await salvageStore(this.dir)
    this.emit('salvaged', salvaged)
  }

  protected override async _close(): Promise<void> {
    try {
      await this.#durability?.close()
      if (this.#cores) await this.#closeCores(this.#cores)
    } finally {
      this.#lock.release()
    }
  }

  /** Where the disk is too full for the mark, the next start takes this one for killed: no harm. */
  async #closeCores(cores: Corestore): Promise<void> {
    try {
      await cores.close()
    } catch {
      return closeByForce(cores)
    }
    await markClean(this.#cleanFile, path.join(this.#storeDir, 'db')).catch(() => {})
  }

  /** A session on the core that `signer` writes; opened, never created with a secret on disk. */
  async core(signer: Uint8Array): Promise<Hypercore> {
    const core = this.#store.get({ key: coreKey(signer), manifest: manifestOf(signer) })
    await core.ready()
    return core
  }

  /** A session on a core whose blocks are here already, or null. */
  async existing(key: Uint8Array): Promise<Hypercore | null> {
    if (!(await this.has(key))) return null
    const core = this.#store.get({ key, createIfMissing: false })
    await core.ready()
    return core
  }

  /** True where something of this core is on the disk. */
  async has(key: Uint8Array): Promise<boolean> {
    return this.#store.storage.hasCore(discoveryKeyOf(key))
  }

  /** What is on the disk of each of these cores, in their order, without opening any; null for nothing. */
  held(keys: readonly Uint8Array[], options?: HeldCoresOptions): Promise<(HeldCore | null)[]> {
    return heldCores(this.#store.storage, keys, options)
  }

  /** Looks into this core without opening it. @param length blocks held of it, as the disk says */
  async atRest<T>(
    key: Uint8Array,
    length: number,
    look: (core: RestingCore) => Promise<T>
  ): Promise<T> {
    const core = await RestingCore.open(this.#store.storage, discoveryKeyOf(key), length)
    try {
      return await look(core)
    } finally {
      await core.close()
    }
  }

  /** Bytes of what is held of these cores together. */
  bytes(keys: readonly Uint8Array[]): Promise<number> {
    return bytesOf(this.#store.storage, keys)
  }

  /** The recordings that are here besides these, of whatever circle; read without any key. */
  others(known: readonly Uint8Array[]): Promise<RecordingKey[]> {
    return recordingsBut(this.#store, new Set(known.map((key) => hex(discoveryKeyOf(key)))))
  }

  /** Copies the recordings of another store into this one; on the disk itself when it resolves. */
  async takeIn(dir: string): Promise<TakenRecording[]> {
    const taken = await takeRecordings(dir, this.#store)
    await this.durable()
    return taken
  }

  /**
   * Deletes these cores whole; none of them may be open. What stays is written anew, which takes room.
   * @throws STORAGE_LOCKED while the store is being copied: its links would keep all of it
   */
  async erase(keys: readonly Uint8Array[]): Promise<void> {
    const { storage } = this.#store
    await withMoment(this.dir, () => eraseCores(storage, keys))
    await removeQuarantined(quarantineOf(this.#storeDir), keys)
  }

  /** Resolves when everything written before this call is on the disk itself. */
  async durable(): Promise<void> {
    if (this.#durability === null) throw closed()
    await this.#durability.flushed()
  }

  /** Bytes the disk can still take; null where the system does not say. */
  freeBytes(): Promise<number | null> {
    return freeBytesOf(this.dir)
  }

  /** Replicates `core` on `link`; nothing is replicated that was not attached. */
  attach(core: Hypercore, link: Link): void {
    const { replicator } = core.core
    if (!link.closed && !replicator.attached(link.mux)) replicator.attachTo(link.mux)
  }

  detach(core: Hypercore, link: Link): void {
    const { replicator } = core.core
    for (const peer of [...replicator.peers]) if (peer.protomux === link.mux) peer.channel.close()
    // one that the other end has not opened yet is in no list: opened later, it would replicate
    link.mux.getLastChannel({ protocol: 'hypercore/alpha', id: core.discoveryKey })?.close()
    if (replicator.attached(link.mux)) replicator.detachFrom(link.mux)
  }

  /** Asks these, and only these, for no block of `core`; the others are asked instead. */
  spare(core: Hypercore, links: Link[]): void {
    spare(
      core.core,
      links.map(({ mux }) => mux)
    )
  }

  /** The device at the other end of the link hears at once how far we have it. */
  tell(core: Hypercore, { mux }: Link): void {
    tellAtOnce(core.core, mux)
  }

  get #store(): Corestore {
    if (this.#cores === null || this.closing) throw closed()
    return this.#cores
  }

  async #takeDirectory(): Promise<void> {
    try {
      await makeDirectories(path.resolve(this.dir), 0o700)
      if (this.#lock.take(path.join(this.dir, 'lock'))) return
    } catch (err) {
      throw asStorageError(err, this.dir, notMade)
    }
    throw inUse(this.dir)
  }

  async #mend(): Promise<void> {
    const { state, bytes, validBytes } = await mendLog(this.#storeDir, (report) =>
      this.#note(report)
    )
    if (state !== 'damaged') return
    const quarantine = quarantineOf(this.#storeDir)
    this.emit('damaged', { quarantine, bytesLost: bytes - validBytes })
  }

  async #note(report: WalReport): Promise<void> {
    this.wasClean = await isMarkedClean(this.#cleanFile, report)
    const isLoss = report.state === 'damaged' || report.files.length === 0
    if (isLoss) await this.loss.add().catch(() => {})
    await this.loss.read()
  }

  get #storeDir(): string {
    return path.join(this.dir, 'store')
  }

  get #cleanFile(): string {
    return path.join(this.dir, 'clean')
  }
}

function closed(): TemoinError {
  return new TemoinError('CLOSED', 'The store is closed')
}
