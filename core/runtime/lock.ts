// One process at a time in one directory: a lock on an open file, which the system releases when the
// process dies, however it dies. Beside it a file tells which process that is; it is believed only while
// the lock is held.

import ext from 'fs-native-extensions'
import { fs, path } from './fs.ts'
import { ownPid } from './process.ts'

export class FileLock {
  #fd: number | null = null
  #pidFile: string | null = null

  /** True where the lock was taken; false where another process has it. */
  take(file: string): boolean {
    const fd = fs.openSync(file, 'a+', 0o600)
    if (!ext.tryLock(fd)) {
      fs.closeSync(fd)
      return false
    }
    this.#fd = fd
    this.#tellPid(path.join(path.dirname(file), 'pid'))
    return true
  }

  release(): void {
    if (this.#fd === null) return
    if (this.#pidFile !== null) fs.rmSync(this.#pidFile, { force: true })
    ext.unlock(this.#fd)
    fs.closeSync(this.#fd)
    this.#fd = null
  }

  /** Nothing hangs on it but who is ended in a panic: a full disk is no reason to fail. */
  #tellPid(file: string): void {
    try {
      fs.writeFileSync(file, String(ownPid()), { mode: 0o600 })
      this.#pidFile = file
    } catch {
      this.#pidFile = null
    }
  }
}

/** Which process holds the lock on `file`, by its own word; null where it did not say. */
export function lockOwner(file: string): number | null {
  try {
    const text = String(fs.readFileSync(path.join(path.dirname(file), 'pid')))
    const pid = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : null
    return pid === ownPid() ? null : pid
  } catch {
    return null
  }
}
