// The one door to the disk. Opens a device's Corestore with the erasure guard first, makes sure a
// damaged write-ahead log neither hangs nor passes unnoticed, and says when bytes are really on disk.
// The only caller of Corestore while a device runs (copy-unsafe.ts reads what a panic finds, and replicates
// nothing). Must never: open a core without the guard, delete one, or follow a fork.

import Corestore from 'corestore'
import HypercoreStorage from 'hypercore-storage'
import type Hypercore from 'hypercore'
import crypto from 'hypercore-crypto'
import ReadyResource from 'ready-resource'
import { TemoinError, systemCode } from '../errors.ts'
import { coreKey, manifestOf } from '../encoding/core-key.ts'
import { fs, path, readFileIfAny, writeFileAtomic } from '../runtime/fs.ts'
import { FileLock } from '../runtime/lock.ts'
import type { Link } from '../types/link.ts'
import { installGuard } from './hypercore/guard.ts'
import type { Attempt } from './hypercore/guard.ts'
import { isMarkedClean, markClean, removeMark } from './wal/clean-mark.ts'
import { dropEmptyDeviceFile } from './files/device-file.ts'
import { bytesOf, heldCores } from './held-cores.ts'
import type { HeldCore, HeldCoresOptions } from './held-cores.ts'
import { RestingCore } from './resting-core.ts'
import { writeNoHints } from './hypercore/no-hints.ts'
import { spare } from './hypercore/spare.ts'
import { checkWal, repairWal } from './wal/wal-check.ts'
import type { WalReport } from './wal/wal-check.ts'
import { WalSync } from './wal/wal-sync.ts'

/** What RocksDB gathers in memory before it writes a table; its own 64 MiB would be most of our memory. */
const WRITE_BUFFER_BYTES = 4 * 1024 * 1024
/** Hypercore keeps 16,384 of them by itself: five megabytes that grow for half an hour of film. */
const TREE_NODES_IN_MEMORY = 512
/** Longer than any open seen (1.4 s with 100,000 cores); beyond it the database is taken for damaged. */
const OPEN_TIMEOUT_MS = 10_000

export interface StoreEvents {
  /** A key holder tried to take something back. */
  attempt: [Attempt]
  /** The log was damaged at its end; what was cut off is in quarantine. */
  damaged: [{ quarantine: string; bytesLost: number }]
}

export class EvidenceStore extends ReadyResource<StoreEvents> {
  readonly dir: string
  /** True where the last process on this store closed it, and nothing of what it wrote is missing. */
  wasClean = true
  /** Some of what was signed for here may be gone, and not every circle has been told. */
  isLossUntold = false
  #tellAgain = false
  readonly #lock = new FileLock()
  #cores: Corestore | null = null
  #sync: WalSync | null = null

  /** @param options.dir the device's storage directory; made where it is missing */
  constructor({ dir }: { dir: string }) {
    super()
    this.dir = dir
  }

  protected override async _open(): Promise<void> {
    await this.#takeDirectory()
    try {
      await this.#mend()
      this.#cores = new Corestore(
        new HypercoreStorage(path.join(this.dir, 'store'), {
          writeBufferSize: WRITE_BUFFER_BYTES,
          treeCache: { maxSize: TREE_NODES_IN_MEMORY }
        })
      )
      installGuard(this.#cores, (attempt) => this.emit('attempt', attempt))
      writeNoHints(this.#cores)
      await withinTime(this.#cores.ready(), OPEN_TIMEOUT_MS)
      this.#sync = new WalSync({ store: this.#cores })
      await removeMark(this.#cleanFile)
    } catch (err) {
      if (this.#cores) void closeByForce(this.#cores) // may never end, where opening did not
      this.#lock.release()
      throw asStorageError(err, this.dir)
    }
  }

  protected override async _close(): Promise<void> {
    try {
      await this.#sync?.close()
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
    await markClean(this.#cleanFile, this.#database).catch(() => {})
  }

  /** A session on the core that `signer` writes; opened, never created with a secret on disk. */
  async core(signer: Uint8Array): Promise<Hypercore> {
    const core = this.#store.get({ key: coreKey(signer), manifest: manifestOf(signer) })
    await core.ready()
    return core
  }

  /** A session on a core whose blocks are here already, or null. */
  async existing(key: Uint8Array, discoveryKey: Uint8Array): Promise<Hypercore | null> {
    if (!(await this.#store.storage.hasCore(discoveryKey))) return null
    const core = this.#store.get({ key, createIfMissing: false })
    await core.ready()
    return core
  }

  /** True where something of this core is on the disk. */
  async has(key: Uint8Array): Promise<boolean> {
    return this.#store.storage.hasCore(crypto.discoveryKey(key))
  }

  /** What is on the disk of each of these cores, in their order, without opening any; null for nothing. */
  held(keys: readonly Uint8Array[], options?: HeldCoresOptions): Promise<(HeldCore | null)[]> {
    return heldCores(this.#store.storage, keys, options)
  }

  /** Reads this core without opening it. @param length blocks held of it, as the disk says */
  resting(key: Uint8Array, length: number): Promise<RestingCore> {
    return RestingCore.open(this.#store.storage, crypto.discoveryKey(key), length)
  }

  /** Bytes of all blocks of these cores together, as their trees say. */
  bytes(keys: readonly Uint8Array[]): Promise<number> {
    return bytesOf(this.#store.storage, keys)
  }

  /** Resolves when everything written before this call is on the disk itself. */
  async durable(): Promise<void> {
    if (this.#sync === null) throw closed()
    await this.#sync.flushed()
  }

  /** Bytes the disk can still take. */
  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await fs.promises.statfs(this.dir)
    return Number(bavail) * Number(bsize)
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

  get #store(): Corestore {
    if (this.#cores === null || this.closing) throw closed()
    return this.#cores
  }

  async #takeDirectory(): Promise<void> {
    try {
      await fs.promises.mkdir(this.dir, { recursive: true, mode: 0o700 })
      if (this.#lock.take(path.join(this.dir, 'lock'))) return
    } catch (err) {
      throw asStorageError(err, this.dir, notMade)
    }
    throw new TemoinError(
      'STORAGE_LOCKED',
      `Another temoin is running on ${this.dir}: close it, or use another --storage directory`
    )
  }

  /** Every circle's journal says what was lost here, as far as `isLossUntold` still stands. */
  async lossTold(): Promise<void> {
    if (!this.isLossUntold || this.#tellAgain) return
    this.isLossUntold = false
    await removeMark(this.#lossFile)
  }

  /** A journal could not be written: the loss is told again at the next start. */
  keepLossUntold(): void {
    this.#tellAgain = true
  }

  /** Every time, not only after a kill: a cleanly closed store still has its newest data in the log. */
  async #mend(): Promise<void> {
    await dropEmptyDeviceFile(path.join(this.dir, 'store'))
    const report = await checkWal(this.#database)
    this.wasClean = await isMarkedClean(this.#cleanFile, report)
    await this.#noteLoss(report)
    if (report.state !== 'damaged') return
    const quarantine = path.join(this.dir, 'quarantine')
    await repairWal(report, quarantine)
    this.emit('damaged', { quarantine, bytesLost: report.bytes - report.validBytes })
  }

  /**
   * Before anything is repaired or made anew, in a file: a process that is killed before it has told of
   * the loss would leave a store that looks sound.
   */
  async #noteLoss({ state, files }: WalReport): Promise<void> {
    const isLoss = state === 'damaged' || files.length === 0
    if (isLoss) await writeFileAtomic(this.#lossFile, new Uint8Array(0)).catch(() => {})
    this.isLossUntold = isLoss || (await readFileIfAny(this.#lossFile)) !== null
  }

  get #database(): string {
    return path.join(this.dir, 'store', 'db')
  }

  get #lossFile(): string {
    return path.join(this.dir, 'lost')
  }

  get #cleanFile(): string {
    return path.join(this.dir, 'clean')
  }
}

/**
 * A database that has met a full disk refuses the last write of a close as well; Corestore then gives up
 * half-way, and the directory could not be opened again. What was not written was never called durable.
 */
export async function closeByForce({ storage }: Corestore): Promise<void> {
  for (const part of [storage.db, storage.rocks, storage.deviceFile]) {
    await part?.close().catch(() => {})
  }
}

function closed(): TemoinError {
  return new TemoinError('CLOSED', 'The store is closed')
}

export async function withinTime(work: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: Timer | null = null
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('The database did not open in time')), timeoutMs)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

const SENTENCES: Record<string, [code: 'STORAGE_DENIED' | 'STORAGE_FULL', sentence: string]> = {
  EACCES: [
    'STORAGE_DENIED',
    'is not readable and writable for you: change its permissions, or use another --storage directory'
  ],
  EPERM: [
    'STORAGE_DENIED',
    'is not readable and writable for you: change its permissions, or use another --storage directory'
  ],
  EROFS: ['STORAGE_DENIED', 'is on a read-only disk: use another --storage directory'],
  ENOTDIR: ['STORAGE_DENIED', 'is not a directory: use another --storage directory'],
  EEXIST: ['STORAGE_DENIED', 'is not a directory: use another --storage directory'],
  ELOOP: ['STORAGE_DENIED', 'is a link that leads to itself: use another --storage directory'],
  ENOSPC: [
    'STORAGE_FULL',
    'is on a full disk: free some space, then start again; nothing held here is lost'
  ]
}

/** One clear sentence for what can be wrong with a directory. */
function asStorageError(err: unknown, dir: string, otherwise = damaged): TemoinError {
  if (err instanceof TemoinError) return err
  const known = SENTENCES[systemCode(err) ?? '']
  if (known) return new TemoinError(known[0], `The storage ${dir} ${known[1]}`, { cause: err })
  if (/\block/i.test(String((err as Error)?.message))) {
    return new TemoinError(
      'STORAGE_LOCKED',
      `Another temoin is running on ${dir}: close it, or use another --storage directory`,
      { cause: err }
    )
  }
  return (err as any)?.code === 'DEVICE_FILE' ? copied(err, dir) : otherwise(err, dir)
}

/** A read-only disk, a link that leads nowhere or in a circle: Node calls each of them something else. */
function notMade(cause: unknown, dir: string): TemoinError {
  const sentence = `The storage ${dir} cannot be made: see that its disk is there and may be written to, or use another --storage directory`
  return new TemoinError('STORAGE_DENIED', sentence, { cause })
}

/** Two devices with one key would contradict each other: Corestore refuses a store that is not its own. */
function copied(cause: unknown, dir: string): TemoinError {
  const sentence = `The store in ${dir} was copied here, and only the one it was copied from may go on: use that one, or move "store" aside here to fetch everything again from the other holders`
  return new TemoinError('STORAGE_DENIED', sentence, { cause })
}

function damaged(cause: unknown, dir: string): TemoinError {
  return new TemoinError(
    'STORAGE_DAMAGED',
    `The store in ${dir} cannot be opened: nothing was deleted; move "store" aside and start again to fetch everything from the other holders`,
    { cause }
  )
}
