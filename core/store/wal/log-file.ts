// Reads a RocksDB log file through the scanner, 1 MiB at a time. Must never: write, or keep a whole
// file in memory (a write-ahead log grows to 64 MiB and more).

import b4a from 'b4a'
import { fs } from '../../runtime/fs.ts'
import { BLOCK_BYTES } from '../rocksdb/log-format.ts'
import { LogScanner } from './log-scanner.ts'
import type { AcceptRecord, LogScan } from './log-scanner.ts'

const CHUNK_BYTES = 32 * BLOCK_BYTES

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

/** Scans `file`; `accept` sees the beginning of each whole record in turn. */
export async function scanLogFile(file: string, accept: AcceptRecord): Promise<LogScan> {
  const scanner = new LogScanner(accept)
  await readChunks(file, CHUNK_BYTES, (chunk) => {
    for (let at = 0; at < chunk.byteLength; at += BLOCK_BYTES) {
      scanner.push(chunk.subarray(at, at + BLOCK_BYTES))
    }
  })
  return scanner.end()
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
