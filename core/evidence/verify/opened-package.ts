// A package as the checks see it: its names looked at once, its sizes known, every read bounded.
// Must never: ask for a file that was not listed, or trust a size without checking it is a number.

import { Reasons } from './reasons.ts'
import type { PackageFiles } from './package-files.ts'
import { MAX_FILES, maxBytesOf, partOf } from '../layout.ts'
import { excerpt } from '../text/printable.ts'

const CHUNK_BYTES = 256 * 1024

/** What file managers leave behind: named, not held against the package. */
const LITTER = /(^|\/)(\.DS_Store|\._[^/]*|Thumbs\.db|desktop\.ini)$/

export class OpenedPackage {
  readonly reasons: Reasons
  readonly #files: PackageFiles
  readonly #sizes: Map<string, number>

  private constructor(files: PackageFiles, sizes: Map<string, number>, reasons: Reasons) {
    this.#files = files
    this.#sizes = sizes
    this.reasons = reasons
  }

  static async open(files: PackageFiles): Promise<OpenedPackage> {
    const reasons = new Reasons()
    const names = await files.list()
    if (names.length > MAX_FILES) {
      reasons.fail('TOO_MANY_FILES', `This is no evidence package: it has over ${MAX_FILES} files`)
      return new OpenedPackage(files, new Map(), reasons)
    }
    const sizes = new Map<string, number>()
    for (const name of names) await look(files, name, sizes, reasons)
    return new OpenedPackage(files, sizes, reasons)
  }

  get names(): string[] {
    return [...this.#sizes.keys()].sort()
  }

  has(name: string): boolean {
    return this.#sizes.has(name)
  }

  /** Bytes, or 0 where there is no such file. */
  size(name: string): number {
    return this.#sizes.get(name) ?? 0
  }

  /** Exactly `length` bytes, or null where the file does not reach so far. */
  async read(name: string, offset: number, length: number): Promise<Uint8Array | null> {
    if (!this.has(name) || offset + length > this.size(name)) return null
    const bytes = await this.#files.read(name, offset, length)
    return bytes.byteLength === length ? bytes : null
  }

  /** The whole file, or null where it is missing or larger than `maxBytes`. */
  async whole(name: string, maxBytes: number): Promise<Uint8Array | null> {
    return this.size(name) > maxBytes ? null : this.read(name, 0, this.size(name))
  }

  /** The file piece by piece. Stops early where it turns out shorter than its size. */
  async *pieces(name: string): AsyncGenerator<Uint8Array> {
    for (let offset = 0; offset < this.size(name); offset += CHUNK_BYTES) {
      const length = Math.min(CHUNK_BYTES, this.size(name) - offset)
      const piece = await this.read(name, offset, length)
      if (piece === null) return
      yield piece
    }
  }
}

async function look(
  files: PackageFiles,
  name: string,
  sizes: Map<string, number>,
  reasons: Reasons
): Promise<void> {
  if (LITTER.test(name)) {
    const message = `${excerpt(name)} was left by a file manager and is not part of the package`
    reasons.find('FILE_UNEXPECTED', message, { file: name })
    return
  }
  const size = await files.size(name)
  const text = excerpt(name)
  if (!Number.isSafeInteger(size) || size < 0) {
    reasons.fail('FILE_NOT_REGULAR', `${text} is a link or no file at all`, {
      file: name,
      part: partOf(name)
    })
  } else if (size > maxBytesOf(name)) {
    reasons.fail('FILE_DAMAGED', `${text} is larger than any package has it`, { file: name })
  } else {
    sizes.set(name, size)
  }
}
