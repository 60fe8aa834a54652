// A damaged database, made readable in a copy: links to the files that are whole, copies of those that
// change, and mended tables in place of the damaged ones. Nothing read from it is more than a claim.
// Must never: write to the database it was made from, or to a file that is linked.

import b4a from 'b4a'
import type Corestore from 'corestore'
import HypercoreStorage from 'hypercore-storage'
import { exists, fs, namesIn, path, removeTree } from '../../runtime/fs.ts'
import { closeByForce, readStore } from '../opening.ts'
import { restoreDirectory } from './core-directory.ts'
import { openFile } from '../files/open-file.ts'
import { forgetTableIds } from './manifest-edit.ts'
import { damagedTable } from './table-damage.ts'
import { mendTable } from './table-mend.ts'

/** Never written to, so that a link will do. */
const LINKED = /\.(sst|blob)$/
/** Of the process that had it open. */
const LEFT_OUT = /^(LOCK|LOG.*)$/
/** Lost at once where a disk cannot read a sector. */
const PIECE_BYTES = 4096

export class WorkingCopy {
  readonly #dir: string
  readonly #from: string
  readonly #mended = new Set<string>()

  /**
   * @param from the directory of a Corestore that no process has open
   * @param dir to be made
   */
  constructor(from: string, dir: string) {
    this.#from = from
    this.#dir = dir
  }

  async make(): Promise<void> {
    await this.remove()
    await fs.promises.mkdir(this.#database, { recursive: true, mode: 0o700 })
    for (const name of await namesIn(path.join(this.#from, 'db'))) {
      if (!LEFT_OUT.test(name)) await this.#take(name)
    }
  }

  remove(): Promise<void> {
    return removeTree(this.#dir)
  }

  /**
   * Reads from the copy, again and again: each time RocksDB calls a table damaged, that one is mended first.
   * @param head what a sound database says of itself, should that be lost here
   */
  async read<T>(head: Uint8Array, work: (store: Corestore) => Promise<T>): Promise<T> {
    for (;;) {
      try {
        await this.#complete(head)
        return await readStore(this.#dir, { readOnly: true }, work)
      } catch (err) {
        if (!(await this.#mend(err))) throw err
      }
    }
  }

  /** True where `err` is about a table that could still be mended. */
  canMend(err: unknown): boolean {
    const table = damagedTable(err)
    return table !== null && !this.#mended.has(table.name)
  }

  get #database(): string {
    return path.join(this.#dir, 'db')
  }

  async #complete(head: Uint8Array): Promise<void> {
    const storage = new HypercoreStorage(this.#dir, { allowBackup: true })
    try {
      await restoreDirectory(storage.db, head)
    } finally {
      await closeByForce({ storage })
    }
  }

  async #mend(err: unknown): Promise<boolean> {
    if (!this.canMend(err)) return false
    const { name, bytes } = damagedTable(err)!
    const file = path.join(this.#database, name)
    const left = await readWhatIs(file)
    await fs.promises.rm(file, { force: true }) // the link, not what it leads to
    if (this.#mended.size === 0) await this.#forgetTableIds()
    if (left === null) await fs.promises.writeFile(file, new Uint8Array(0))
    else {
      await fs.promises.writeFile(file, mendTable(left, bytes ?? left.byteLength) as never)
      this.#mended.add(name)
    }
    return true
  }

  async #forgetTableIds(): Promise<void> {
    for (const name of await namesIn(this.#database)) {
      if (!name.startsWith('MANIFEST-')) continue
      const file = path.join(this.#database, name)
      const bytes = (await fs.promises.readFile(file)) as Uint8Array
      await fs.promises.writeFile(file, forgetTableIds(bytes) as never)
    }
  }

  async #take(name: string): Promise<void> {
    const [from, to] = [path.join(this.#from, 'db', name), path.join(this.#database, name)]
    try {
      if (LINKED.test(name)) return await fs.promises.symlink(path.resolve(from), to)
    } catch {
      // Windows lets not everybody make one
    }
    if (await exists(from)) await fs.promises.copyFile(from, to)
  }
}

/** Zeros where the disk gives nothing; null where there is no file. */
async function readWhatIs(file: string): Promise<Uint8Array | null> {
  if (!(await exists(file))) return null
  const { size } = await fs.promises.stat(file)
  const bytes = b4a.alloc(Number(size))
  const handle = await openFile(file, 'r')
  try {
    for (let at = 0; at < bytes.byteLength; at += PIECE_BYTES) {
      const length = Math.min(PIECE_BYTES, bytes.byteLength - at)
      await handle.read(bytes, at, length, at).catch(() => {})
    }
  } finally {
    await handle.close()
  }
  return bytes
}
