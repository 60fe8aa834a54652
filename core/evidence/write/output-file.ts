// One file being written from its start to its end, hashed on the way, small pieces gathered, flushed
// to the disk before it counts as closed.

import b4a from 'b4a'
import { hex } from '../../encoding/hex.ts'
import { fs } from '../../runtime/fs.ts'
import { RunningHash } from '../../recording/running-hash.ts'

const GATHER_BYTES = 64 * 1024

type Handle = Awaited<ReturnType<typeof fs.promises.open>>

export class OutputFile {
  /** Hex, once closed. */
  sha256 = ''
  readonly #handle: Handle
  readonly #hash = new RunningHash()
  #open = true
  #written = 0
  #gathered: Uint8Array[] = []
  #gatheredBytes = 0

  private constructor(handle: Handle) {
    this.#handle = handle
  }

  static async open(file: string): Promise<OutputFile> {
    return new OutputFile(await fs.promises.open(file, 'wx', 0o644))
  }

  async write(content: Uint8Array | string): Promise<void> {
    const bytes = typeof content === 'string' ? b4a.from(content) : content
    if (bytes.byteLength === 0) return
    this.#hash.update(bytes)
    this.#gathered.push(bytes)
    this.#gatheredBytes += bytes.byteLength
    if (this.#gatheredBytes >= GATHER_BYTES) await this.#flush()
  }

  async close(): Promise<void> {
    await this.#flush()
    await this.#handle.sync()
    this.#open = false
    await this.#handle.close()
    this.sha256 = hex(this.#hash.digest())
  }

  /** Closes without a word, where the whole package is given up. */
  async abandon(): Promise<void> {
    if (!this.#open) return
    this.#open = false
    await this.#handle.close()
  }

  async #flush(): Promise<void> {
    const bytes = b4a.concat(this.#gathered as any)
    this.#gathered = []
    this.#gatheredBytes = 0
    for (let done = 0; done < bytes.byteLength;) {
      const left = bytes.byteLength - done
      const result: any = await this.#handle.write(bytes, done, left, this.#written)
      done += result.bytesWritten
      this.#written += result.bytesWritten
    }
  }
}
