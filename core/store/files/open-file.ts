// Files read and written piece by piece. Must never: keep a whole file in memory.

import b4a from 'b4a'
import { fs } from '../../runtime/fs.ts'

/** What both runtimes give; bare-fs declares other results of read and write than it returns. */
export interface OpenFile {
  read(b: Uint8Array, offset: number, length: number, at: number): Promise<{ bytesRead: number }>
  write(
    b: Uint8Array,
    offset: number,
    length: number,
    at: number
  ): Promise<{ bytesWritten: number }>
  truncate(length: number): Promise<void>
  datasync(): Promise<void>
  sync(): Promise<void>
  close(): Promise<void>
}

/** Opens `file`; the caller closes it. */
export async function openFile(
  file: string,
  flags: 'r' | 'r+' | 'w',
  mode?: number
): Promise<OpenFile> {
  return (await fs.promises.open(file, flags, mode)) as unknown as OpenFile
}

/** Hands `file` out in chunks of `chunkBytes`, only the last of them shorter; the buffer is reused. */
export async function readChunks(
  file: string,
  chunkBytes: number,
  onChunk: (chunk: Uint8Array, position: number) => void | Promise<void>
): Promise<void> {
  const handle = await openFile(file, 'r')
  try {
    const buffer = b4a.allocUnsafe(chunkBytes)
    for (let position = 0, filled = chunkBytes; filled === chunkBytes; position += filled) {
      filled = await fill(handle, buffer, position)
      if (filled > 0) await onChunk(buffer.subarray(0, filled), position)
    }
  } finally {
    await handle.close()
  }
}

// One read may return less than asked for before the end of the file.
async function fill(handle: OpenFile, buffer: Uint8Array, position: number): Promise<number> {
  let filled = 0
  while (filled < buffer.byteLength) {
    const rest = buffer.byteLength - filled
    const { bytesRead } = await handle.read(buffer, filled, rest, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return filled
}
