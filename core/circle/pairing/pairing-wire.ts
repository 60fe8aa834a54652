// What both sides of pairing share: the binding to the stream, the commitment, the answer kinds, and
// what the inviter had seen when it let somebody in.

import b4a from 'b4a'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { Seen } from '../../encoding/journal-entry.ts'
import { labelled } from '../../identity/hash.ts'
import type { JournalLine } from '../roster.ts'

export const ANSWER_GRANT = b4a.from([0])
export const ANSWER_REFUSAL = b4a.from([1])

/** What is signed: the stream's handshake hash, then the parts. */
export function boundTo(stream: NoiseSecretStream, ...parts: Uint8Array[]): Uint8Array {
  return b4a.concat([stream.handshakeHash, ...parts])
}

/** What a candidate says of its request before it knows what the phrase will be made of. 32 bytes. */
export function commitmentTo(stream: NoiseSecretStream, ask: Uint8Array): Uint8Array {
  return labelled('temoin/pair-commit/1', stream.handshakeHash, ask)
}

/** How far each journal had been read: the cause of what is said next. */
export function seenBy(lines: readonly JournalLine[]): Seen[] {
  const lengths = new Map<string, Seen>()
  for (const { journal, index } of lines) {
    const id = b4a.toString(journal as any, 'hex')
    const length = Math.max(lengths.get(id)?.length ?? 0, index + 1)
    lengths.set(id, { journal, length })
  }
  return [...lengths.values()].slice(-256)
}
