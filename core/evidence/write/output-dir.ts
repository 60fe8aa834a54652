// A folder being written: each file hashed as it is written, flushed to the disk, and the whole put
// in its place by one rename, so that half a package never looks like one. The folder is its owner's
// alone, since the key that opens the film is in it; the files are not, since they are copied to others.
// Must never: touch a folder that holds anything already.

import { hex } from '../../encoding/hex.ts'
import { TemoinError, systemCode } from '../../errors.ts'
import { fs, path, removeTree, syncDirectory } from '../../runtime/fs.ts'
import { randomBytes } from '../../identity/hash.ts'
import { SUMS } from '../layout.ts'
import { OutputFile } from './output-file.ts'

export class OutputDir {
  readonly dir: string
  readonly #work: string
  readonly #files = new Map<string, OutputFile>()
  readonly #folders = new Set<string>()

  private constructor(dir: string) {
    this.dir = dir
    this.#work = `${dir}.incomplete-${hex(randomBytes(4))}`
  }

  /** @throws TemoinError BAD_INPUT where `dir` is a file, or a folder that is not empty */
  static async open(dir: string): Promise<OutputDir> {
    const out = new OutputDir(path.resolve(dir))
    await refuseUsed(out.dir)
    await out.#folder(out.#work)
    return out
  }

  /** Names of the files made so far. */
  get names(): string[] {
    return [...this.#files.keys()].sort()
  }

  async create(name: string): Promise<OutputFile> {
    const file = path.join(this.#work, ...name.split('/'))
    await this.#folder(path.dirname(file))
    const made = await OutputFile.open(file)
    this.#files.set(name, made)
    return made
  }

  async write(name: string, content: Uint8Array | string): Promise<void> {
    const file = await this.create(name)
    await file.write(content)
    await file.close()
  }

  /** Writes SHA256SUMS, makes everything durable, and moves the folder to its place. */
  async finish(): Promise<void> {
    const lines = this.names.map((name) => `${this.#files.get(name)!.sha256}  ${name}\n`)
    await this.write(SUMS, lines.join(''))
    for (const folder of this.#folders) await syncDirectory(folder)
    await removeEmpty(this.dir)
    await fs.promises.rename(this.#work, this.dir)
    await syncDirectory(path.dirname(this.dir))
  }

  /** Takes away what was written, as far as the disk lets it: what matters is the error before it. */
  async abort(): Promise<void> {
    try {
      for (const file of this.#files.values()) await file.abandon()
      await removeTree(this.#work)
    } catch {
      // The folder's name says that it is incomplete.
    }
  }

  async #folder(folder: string): Promise<void> {
    if (this.#folders.has(folder)) return
    await fs.promises.mkdir(folder, {
      recursive: true,
      mode: folder === this.#work ? 0o700 : 0o755
    })
    this.#folders.add(folder)
  }
}

/** On a read-only disk Node says of a new folder that it does not exist; so does a card pulled out. */
const UNWRITABLE = ['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'ELOOP']

/** The same error with a remedy, where the disk is what failed. */
export function withRemedy(err: unknown, dir: string): unknown {
  const code = systemCode(err)
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const why = `The disk is full: make room, or export to another disk than that of ${dir}`
    return new TemoinError('STORAGE_FULL', why, { cause: err })
  }
  if (code !== null && UNWRITABLE.includes(code)) {
    const why = `Nothing can be written at ${dir}: choose a folder that is yours`
    return new TemoinError('STORAGE_DENIED', why, { cause: err })
  }
  return err
}

async function refuseUsed(dir: string): Promise<void> {
  let names: string[]
  try {
    names = (await fs.promises.readdir(dir)) as string[]
  } catch (err) {
    if (systemCode(err) === 'ENOENT') return
    if (systemCode(err) !== 'ENOTDIR') throw err
    throw new TemoinError('BAD_INPUT', `${dir} is a file: name a folder that does not exist yet`)
  }
  if (names.length === 0) return
  const why = `${dir} is not empty: name a folder that does not exist yet`
  throw new TemoinError('BAD_INPUT', why)
}

async function removeEmpty(dir: string): Promise<void> {
  try {
    await fs.promises.rmdir(dir)
  } catch (err) {
    if (systemCode(err) !== 'ENOENT') throw err
  }
}
