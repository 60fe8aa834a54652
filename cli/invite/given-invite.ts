// The invite as it is given to `join`: as a word, or with - on stdin. A word stands in the list of processes
// that everybody on this machine may read, and in the shell's history; an invite is a secret.

import b4a from 'b4a'
import { TemoinError } from '../../core/errors.ts'
import { ByteStream } from '../film/byte-stream.ts'
import type { Stop } from '../stop.ts'

/** More than an invite with all its addresses has. */
const MAX_BYTES = 16_384

/** Null where somebody wanted to stop while it was waited for. @throws TemoinError BAD_INPUT */
export async function givenInvite(word: string, stop: Stop): Promise<string | null> {
  if (word !== '-') return word
  const bytes = ByteStream.stdin()
  const onStop = (): void => bytes.close()
  stop.on(onStop)
  try {
    const line = await firstLine(bytes)
    if (stop.requested) return null
    if (line === '') throw new TemoinError('BAD_INPUT', 'No invite came on stdin: temoin:… is one')
    return line
  } finally {
    stop.off(onStop)
    bytes.close()
  }
}

async function firstLine(bytes: ByteStream): Promise<string> {
  let text = ''
  while (!text.includes('\n') && text.length < MAX_BYTES) {
    const piece = await bytes.next()
    if (piece === null) break
    text += b4a.toString(piece)
  }
  return text.split('\n')[0]!.trim()
}
