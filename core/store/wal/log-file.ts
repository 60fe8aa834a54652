// Reads a RocksDB log file through the scanner, 1 MiB at a time. Must never: write, or keep a whole
// file in memory (a write-ahead log grows to 64 MiB and more).

import { readChunks } from '../files/open-file.ts'
import { BLOCK_BYTES } from '../rocksdb/log-format.ts'
import { LogScanner } from './log-scanner.ts'
import type { AcceptRecord, LogScan } from './log-scanner.ts'

const CHUNK_BYTES = 32 * BLOCK_BYTES

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
