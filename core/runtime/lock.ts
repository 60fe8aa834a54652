// One process at a time in one directory: a lock on an open file, which the system releases when the
// process dies, however it dies.

import ext from 'fs-native-extensions'
import { fs } from './fs.ts'

export class FileLock {
  #fd: number | null = null

  /** True where the lock was taken; false where another process has it. */
  take(file: string): boolean {
    const fd = fs.openSync(file, 'a+', 0o600)
    if (!ext.tryLock(fd)) {
      fs.closeSync(fd)
      return false
    }
    this.#fd = fd
    return true
  }

  release(): void {
    if (this.#fd === null) return
    ext.unlock(this.#fd)
    fs.closeSync(this.#fd)
    this.#fd = null
  }
}
