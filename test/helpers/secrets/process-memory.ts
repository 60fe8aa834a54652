// What stands in the memory of a process that this one started: all of it that can be written to, read
// while it runs, as somebody would who has seized the machine. Linux only.

import b4a from 'b4a'
import { fs } from '../../../core/runtime/fs.ts'
import type { Needles } from './needles.ts'

const CHUNK_BYTES = 4 * 1024 * 1024

export function canReadMemory(): boolean {
  return fs.existsSync('/proc/self/maps')
}

/** Names of those needles that stand there. */
export async function inMemory(pid: number, needles: Needles): Promise<string[]> {
  const found = new Set<string>()
  const file = fs.openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const range of writable(pid)) search(file, range, needles, found)
  } finally {
    fs.closeSync(file)
  }
  return [...found].sort()
}

interface Range {
  start: number
  end: number
}

function writable(pid: number): Range[] {
  const maps = String(fs.readFileSync(`/proc/${pid}/maps`, 'utf8'))
  return maps.split('\n').flatMap((line) => {
    const [, start, end] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? []
    return start === undefined ? [] : [{ start: parseInt(start, 16), end: parseInt(end!, 16) }]
  })
}

/** Ranges may go while they are read, and some are no memory at all. */
function search(file: number, { start, end }: Range, needles: Needles, found: Set<string>): void {
  const chunk = b4a.alloc(CHUNK_BYTES)
  for (let at = start; at < end; at += CHUNK_BYTES - needles.longest) {
    const length = Math.min(CHUNK_BYTES, end - at)
    try {
      const read = fs.readSync(file, chunk, 0, length, at)
      needles.find(chunk.subarray(0, read), found)
    } catch {
      return
    }
  }
}
