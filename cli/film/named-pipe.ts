// A named pipe (mkfifo), read without waiting in the system for who writes it: such a wait takes a thread,
// and neither Ctrl-C nor an exit gets it back. Looks every few milliseconds instead; each piece is
// handed out as a stream hands it out (`data`, `error`, `end`).
// Must never: take a pipe nobody has opened yet for one that has ended.

import os from '#os'
import b4a from 'b4a'
import { systemCode } from '../../core/errors.ts'
import { fs } from '../../core/runtime/fs.ts'

/** O_RDONLY | O_NONBLOCK; Bare has no name for it (fcntl.h). */
const WITHOUT_WAITING: Record<string, number> = { linux: 0o4000, darwin: 4 }
const PIECE_BYTES = 65_536
/** A tenth of a fragment. */
const LOOK_MS = 25

interface Handle {
  read(b: Uint8Array, offset: number, length: number, at: null): Promise<{ bytesRead: number }>
  close(): Promise<void>
}

/** False on Windows as well, whose pipes are no files. */
export async function isNamedPipe(file: string): Promise<boolean> {
  if (WITHOUT_WAITING[os.platform()] === undefined) return false
  return fs.promises.stat(file).then(
    (stat) => stat.isFIFO(),
    () => false
  )
}

export class NamedPipe {
  readonly #file: string
  readonly #listeners = new Map<string, (value?: any) => void>()
  #paused = false
  #destroyed = false

  constructor(file: string) {
    this.#file = file
    void this.#run()
  }

  on(event: string, fn: (value?: any) => void): void {
    this.#listeners.set(event, fn)
  }

  pause(): void {
    this.#paused = true
  }

  resume(): void {
    this.#paused = false
  }

  destroy(): void {
    this.#destroyed = true
  }

  async #run(): Promise<void> {
    try {
      const flags = WITHOUT_WAITING[os.platform()]
      const handle = (await fs.promises.open(this.#file, flags as never)) as unknown as Handle
      await this.#readAll(handle).finally(() => handle.close())
      this.#listeners.get('end')?.()
    } catch (err) {
      this.#listeners.get('error')?.(err)
    }
  }

  async #readAll(handle: Handle): Promise<void> {
    let hasWriter = false
    while (!this.#destroyed) {
      const piece = this.#paused ? null : await read(handle)
      if (piece === 'ended' && hasWriter) return
      if (piece !== 'ended' && !this.#paused) hasWriter = true
      if (piece instanceof Uint8Array) this.#listeners.get('data')?.(piece)
      else await new Promise<void>((resolve) => void setTimeout(resolve, LOOK_MS))
    }
  }
}

/** Null where there is nothing at the moment, `ended` where nobody has the other end open. */
async function read(handle: Handle): Promise<Uint8Array | null | 'ended'> {
  const piece = b4a.allocUnsafe(PIECE_BYTES)
  try {
    const { bytesRead } = await handle.read(piece, 0, PIECE_BYTES, null)
    return bytesRead === 0 ? 'ended' : piece.subarray(0, bytesRead)
  } catch (err) {
    if (systemCode(err) === 'EAGAIN') return null
    throw err
  }
}
