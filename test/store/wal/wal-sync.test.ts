import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import Corestore from 'corestore'
import { TemoinError, systemCode } from '../../../core/errors.ts'
import { fs, path, syncDirectory } from '../../../core/runtime/fs.ts'
import { openFile } from '../../../core/store/files/open-file.ts'
import { WalSync } from '../../../core/store/wal/wal-sync.ts'
import type { SyncFiles } from '../../../core/store/wal/wal-sync.ts'

test('a write is durable after one sync of the log', async (t) => {
  const { sync, files, write } = await setup(t)
  await sync.flushed()
  files.synced.length = 0
  await write()
  await sync.flushed()
  t.alike(files.synced, ['000004.log'])
})

test('the first sync makes the way to the log durable too, and the file Corestore leaves unsynced', async (t) => {
  const { sync, files, store } = await setup(t)
  await sync.flushed()
  const dir = store.storage.path
  t.alike(files.synced.sort(), ['000004.log', 'CORESTORE'])
  t.alike(files.directories.sort(), [path.dirname(dir), dir, path.join(dir, 'db')].sort())
})

test('callers who come while a sync runs share the next one, and never the running one', async (t) => {
  const { sync, files, write } = await setup(t)
  await sync.flushed()
  files.synced.length = 0
  const gate = files.hold()
  const settled: string[] = []
  const first = sync.flushed().then(() => settled.push('first'))
  await gate.reached
  await write()
  const late = [1, 2, 3].map(() => sync.flushed().then(() => settled.push('late')))
  const second = files.hold()
  gate.release()
  await first
  await second.reached
  t.alike(settled, ['first'])
  second.release()
  await Promise.all(late)
  t.alike(settled, ['first', 'late', 'late', 'late'])
  t.is(files.synced.length, 2)
})

test('after a change of logs the new one is synced, with its entry in the directory', async (t) => {
  const { sync, files, write, rotate } = await setup(t)
  await sync.flushed()
  const name = await rotate()
  t.not(name, '000004.log')
  files.clear()
  await write()
  await sync.flushed()
  t.ok(files.synced.includes(name))
  t.is(files.directories.length, 1)
  t.is(files.opened.size, 1, 'the old log is closed')
})

test('a write in a log that was changed since is synced with it', async (t) => {
  const dir = await t.tmp()
  const files = new CountingFiles()
  const sync = new WalSync({ store: { storage: { rocks: { path: dir } } }, files })
  t.teardown(() => sync.close())
  await fs.promises.writeFile(path.join(dir, '000004.log'), 'the write')
  await fs.promises.writeFile(path.join(dir, '000008.log'), '')
  await fs.promises.writeFile(path.join(dir, '000009.sst'), 'not a log')
  await sync.flushed()
  t.alike(files.synced.sort(), ['000004.log', '000008.log'])
})

test('a log deleted while it is looked at is durable: its writes are in tables', async (t) => {
  const { sync, files } = await setup(t)
  files.phantom = '000001.log'
  await t.execution(sync.flushed())
})

test('after a failed sync nothing is called durable until that log is gone', async (t) => {
  const { sync, files, write, rotate } = await setup(t)
  await sync.flushed()
  await write()
  files.failure = Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
  await rejects(t, sync.flushed(), 'STORAGE_DAMAGED')
  files.failure = null
  await rejects(t, sync.flushed(), 'STORAGE_DAMAGED')
  await rotate()
  await t.execution(sync.flushed(), 'its writes are in synced tables now')
})

test('a full disk is told apart, and the callers waiting for the next sync are told as well', async (t) => {
  const { sync, files } = await setup(t)
  await sync.flushed()
  files.failure = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' })
  const gate = files.hold()
  const first = sync.flushed()
  await gate.reached
  const second = sync.flushed()
  gate.release()
  await rejects(t, first, 'STORAGE_FULL')
  await rejects(t, second, 'STORAGE_FULL')
})

test('a log whose directory could not be synced is not durable', async (t) => {
  const { sync, files } = await setup(t)
  files.directoryFailure = Object.assign(new Error('EIO: i/o error'), { code: 'EIO' })
  await rejects(t, sync.flushed(), 'STORAGE_DAMAGED')
  files.directoryFailure = null
  await rejects(t, sync.flushed(), 'STORAGE_DAMAGED')
})

test('close lets the running sync end, rejects those waiting, and leaves no file open', async (t) => {
  const { sync, files } = await setup(t)
  await sync.flushed()
  const gate = files.hold()
  const first = sync.flushed()
  await gate.reached
  const second = sync.flushed()
  const closing = sync.close()
  await rejects(t, second, 'CLOSED')
  gate.release()
  await t.execution(first)
  await closing
  t.is(files.opened.size, 0)
  await rejects(t, sync.flushed(), 'CLOSED')
  await t.execution(sync.close())
})

test('with the real file system, many writers and changes of logs, every call resolves', async (t) => {
  const { store, write, rotate } = await setup(t)
  const sync = new WalSync({ store })
  for (let i = 0; i < 4; i++) {
    await Promise.all([1, 2, 3, 4, 5].map(() => write().then(() => sync.flushed())))
    await Promise.all([rotate(), sync.flushed()])
  }
  await sync.close()
  t.pass()
})

async function setup(t: Assert) {
  const store = new Corestore(await t.tmp())
  await store.ready()
  const core = store.get({ name: 'one' } as never)
  await core.ready()
  const files = new CountingFiles()
  const sync = new WalSync({ store, files })
  t.teardown(() => sync.close())
  t.teardown(() => store.close())
  const write = () => core.append(b4a.alloc(30000, 1))
  // RocksDB moves what is in its log into a table, and goes on with another log
  const rotate = async () => {
    await (store.storage as any).db.flush()
    const { path: file } = (await store.storage.rocks.currentWalFile()) as any
    return path.basename(file)
  }
  return { store, sync, files, write, rotate }
}

async function rejects(t: Assert, promise: Promise<unknown>, code: string): Promise<void> {
  try {
    await promise
    t.fail('resolved')
  } catch (err: any) {
    t.is(err.code, code)
    t.ok(TemoinError.is(err) && (err.code === 'CLOSED' || systemCode(err.cause) !== null))
  }
}

interface Gate {
  reached: Promise<void>
  release: () => void
}

/** The real file system, counted, which can be held up or made to fail. */
class CountingFiles implements SyncFiles {
  /** Names of the files synced. */
  synced: string[] = []
  /** Directories synced. */
  directories: string[] = []
  /** Files open now. */
  opened = new Set<string>()
  /** A log that is listed, but gone when it is opened. */
  phantom: string | null = null
  failure: Error | null = null
  directoryFailure: Error | null = null
  #held: { enter: () => void; released: Promise<void> }[] = []

  clear(): void {
    this.synced = []
    this.directories = []
  }

  /** Holds up the next sync of a file, or the one after those held already. */
  hold(): Gate {
    let release = () => {}
    let enter = () => {}
    const reached = new Promise<void>((resolve) => (enter = resolve))
    const released = new Promise<void>((resolve) => (release = resolve))
    this.#held.push({ enter, released })
    return { reached, release }
  }

  async names(dir: string): Promise<string[]> {
    const names = (await fs.promises.readdir(dir)).map(String)
    return this.phantom === null ? names : [...names, this.phantom]
  }

  async open(file: string) {
    const handle = await openFile(file, 'r+')
    const name = path.basename(file)
    this.opened.add(name)
    return {
      datasync: async () => {
        const held = this.#held.shift()
        held?.enter()
        await held?.released
        if (this.failure) throw this.failure
        await handle.datasync()
        this.synced.push(name)
      },
      close: async () => {
        this.opened.delete(name)
        await handle.close()
      }
    }
  }

  async syncDirectory(dir: string): Promise<void> {
    if (this.directoryFailure) throw this.directoryFailure
    await syncDirectory(dir)
    this.directories.push(dir)
  }
}
