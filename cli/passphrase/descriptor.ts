// One line from an open file descriptor: how another program hands over a passphrase without writing it
// anywhere (`temoin hold --passphrase-fd 3 3< <(pass show temoin)`).

import b4a from 'b4a'
import { TemoinError } from '../../core/errors.ts'
import { wipe } from '../../core/identity/hash.ts'
import { fs } from '../../core/runtime/fs.ts'

/** More than a passphrase may have, its line end included. */
const MAX_BYTES = 2048
const RETRY_MS = 20
const LINE_FEED = 10

/** The first line, without its end. @throws TemoinError BAD_INPUT where there is none to read */
export async function readLine(fd: number): Promise<string> {
  const buffer = b4a.allocUnsafeSlow(MAX_BYTES)
  try {
    const length = await fill(fd, buffer)
    return b4a.toString(buffer.subarray(0, length)).replace(/\r$/, '')
  } finally {
    wipe(buffer)
  }
}

/** Byte by byte: what comes behind the line may be for somebody else. */
async function fill(fd: number, buffer: Uint8Array): Promise<number> {
  for (let length = 0; length < buffer.byteLength;) {
    const read = readOne(fd, buffer, length)
    if (read === null) await new Promise<void>((resolve) => void setTimeout(resolve, RETRY_MS))
    else if (read === 0 || buffer[length] === LINE_FEED) return length
    else length++
  }
  throw new TemoinError('BAD_INPUT', 'A passphrase is one line of at most 1024 bytes')
}

/** @returns bytes read, 0 at the end, null where nothing has come yet */
function readOne(fd: number, buffer: Uint8Array, at: number): number | null {
  try {
    return fs.readSync(fd, buffer as never, at, 1, -1 as never)
  } catch (err: any) {
    if (err.code === 'EAGAIN') return null
    if (err.code === 'EOF') return 0
    throw new TemoinError(
      'BAD_INPUT',
      `Nothing can be read from descriptor ${fd}: open it for this command, as in 3< file`,
      { cause: err }
    )
  }
}
