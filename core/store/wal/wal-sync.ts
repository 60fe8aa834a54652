// Says when what was written to the store is on the disk itself. Hypercore and RocksDB leave a write
// in the page cache, where a power cut takes it. Owns: the fdatasync of RocksDB's write-ahead logs.
// Must never: say durable of bytes a failed sync may have dropped.
//
// What RocksDB 10.5.1 does (read in its source, seen with strace): a write is in the newest *.log,
// values of any size inline, before its promise resolves; blob files and tables appear only when a
// memtable is flushed. The log is then changed for a new one, and the old one is deleted only after
// table, blob file, directory and MANIFEST were synced. So a write is durable when every *.log that
// exists after it is synced, or gone. That needs no knowledge of which log a write went to, and holds
// through any number of rotations.

import { TemoinError, systemCode } from '../../errors.ts'
import { exists, fs, path, syncDirectory } from '../../runtime/fs.ts'
import { openFile } from '../files/open-file.ts'

/** The file system calls a sync makes; replaceable, to count them or to make one fail. */
export interface SyncFiles {
  names(dir: string): Promise<string[]>
  open(file: string): Promise<{ datasync(): Promise<void>; close(): Promise<void> }>
  syncDirectory(dir: string): Promise<void>
}

const REAL_FILES: SyncFiles = {
  names: async (dir) => fs.readdirSync(dir).map(String), // a thread’s turn costs more than the call
  open: (file) => openFile(file, 'r+'), // Windows syncs only what is open for writing
  syncDirectory
}

interface OpenLog {
  handle: Awaited<ReturnType<SyncFiles['open']>>
  /** Its entry in the directory is durable: without it the file is gone after a power cut. */
  entered: boolean
  /** The sync that failed. Linux reports a lost page once, then calls it clean ("fsyncgate"). */
  failure: unknown
}

interface Deferred {
  promise: Promise<void>
  resolve: () => void
  reject: (err: unknown) => void
}

export class WalSync {
  readonly #dir: string
  readonly #files: SyncFiles
  readonly #logs = new Map<string, OpenLog>()
  #rooted = false
  #running: Promise<void> | null = null
  #next: Deferred | null = null
  #closing: Promise<void> | null = null

  /**
   * @param options.store an open Corestore
   * @param options.files the file system, by default the real one
   */
  constructor({ store, files = REAL_FILES }: { store: StoreOnDisk; files?: SyncFiles }) {
    this.#dir = store.storage.rocks.path
    this.#files = files
  }

  /**
   * Resolves when everything written to the store before this call is on the disk itself. Callers
   * share syncs: one runs at most, and whoever comes while it does shares the one after it, since
   * the running one may have passed the caller's bytes already.
   * @throws STORAGE_FULL or STORAGE_DAMAGED where the disk refused. The log concerned is never called
   * durable again: every further call fails until RocksDB has moved its content into synced tables
   * and deleted it (`store.storage.db.flush()`, or closing and reopening the store).
   */
  flushed(): Promise<void> {
    if (this.#closing) return Promise.reject(closed())
    if (this.#running === null) return this.#start()
    if (this.#next === null) this.#next = deferred()
    return this.#next.promise
  }

  /** Nobody waits for a sync. */
  get isIdle(): boolean {
    return this.#running === null
  }

  /** Lets the running sync end, rejects whoever waits for another, and gives the files back. */
  close(): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#next?.reject(closed())
    this.#next = null
    await this.#running?.catch(() => {})
    for (const name of [...this.#logs.keys()]) await this.#forget(name)
  }

  #start(): Promise<void> {
    const run = this.#sync().catch((err) => {
      throw asDiskError(err)
    })
    this.#running = run
    const ended = () => this.#ended()
    run.then(ended, ended)
    return run
  }

  #ended(): void {
    this.#running = null
    const next = this.#next
    if (next === null) return
    this.#next = null
    this.#start().then(next.resolve, next.reject)
  }

  // The logs known are synced while the directory is read: in the usual case there is no other.
  async #sync(): Promise<void> {
    const known = this.#syncLogs([...this.#logs.values()])
    const names = (await this.#files.names(this.#dir)).filter((name) => /^\d+\.log$/.test(name))
    await known
    for (const name of this.#logs.keys()) if (!names.includes(name)) await this.#forget(name)
    for (const name of names) if (!this.#logs.has(name)) await this.#open(name)
    await this.#enter([...this.#logs.values()].filter((log) => !log.entered))
    for (const { failure } of this.#logs.values()) if (failure) throw failure
  }

  /** Never rejects: a log keeps its failure, which counts only while the log exists. */
  async #syncLogs(logs: OpenLog[]): Promise<void> {
    const sync = async (log: OpenLog) => {
      try {
        await log.handle.datasync()
      } catch (err) {
        log.failure ??= err
      }
    }
    await Promise.all(logs.map(sync))
  }

  async #enter(logs: OpenLog[]): Promise<void> {
    if (logs.length === 0) return
    await this.#syncLogs(logs)
    try {
      await Promise.all([this.#files.syncDirectory(this.#dir), this.#root()])
    } catch (err) {
      for (const log of logs) log.failure ??= err
    }
    for (const log of logs) log.entered = true
  }

  // Deleted since it was listed: its writes are in synced tables.
  async #open(name: string): Promise<void> {
    try {
      const handle = await this.#files.open(path.join(this.#dir, name))
      this.#logs.set(name, { handle, entered: false, failure: null })
    } catch (err: any) {
      if (err.code !== 'ENOENT') throw err
    }
  }

  async #forget(name: string): Promise<void> {
    const log = this.#logs.get(name)
    this.#logs.delete(name)
    await log?.handle.close().catch(() => {})
  }

  // Once: the way down to the logs, and Corestore's device file, which nobody syncs. Left empty by a
  // power cut, it makes Corestore refuse the whole store as "modified".
  async #root(): Promise<void> {
    if (this.#rooted) return
    const storeDir = path.dirname(this.#dir)
    const deviceFile = path.join(storeDir, 'CORESTORE')
    if (await exists(deviceFile)) await this.#syncFile(deviceFile)
    await this.#files.syncDirectory(storeDir)
    await this.#files.syncDirectory(path.dirname(storeDir))
    this.#rooted = true
  }

  async #syncFile(file: string): Promise<void> {
    const handle = await this.#files.open(file)
    try {
      await handle.datasync()
    } finally {
      await handle.close()
    }
  }
}

/** The part of a Corestore needed here. */
export interface StoreOnDisk {
  storage: { rocks: { path: string } }
}

function deferred(): Deferred {
  const d = {} as Deferred
  d.promise = new Promise((resolve, reject) => Object.assign(d, { resolve, reject }))
  return d
}

function closed(): TemoinError {
  return new TemoinError('CLOSED', 'The store was closed before its disk had confirmed the bytes')
}

function asDiskError(cause: unknown): TemoinError {
  return systemCode(cause) === 'ENOSPC'
    ? new TemoinError(
        'STORAGE_FULL',
        'The disk is full and did not take the newest bytes: free some space',
        { cause }
      )
    : new TemoinError(
        'STORAGE_DAMAGED',
        'The disk did not confirm the newest bytes and may be failing: check it, or use another one',
        { cause }
      )
}
