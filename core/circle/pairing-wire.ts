// What both sides of pairing share: the binding to the stream, the answer kinds, and reading the one
// message that is expected.

import b4a from 'b4a'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { Seen } from '../encoding/journal-entry.ts'
import { TemoinError } from '../errors.ts'
import type { JournalLine } from './roster.ts'

export const ANSWER_GRANT = b4a.from([0])
export const ANSWER_REFUSAL = b4a.from([1])

/** What is signed: the stream's handshake hash, then the message. */
export function boundTo(stream: NoiseSecretStream, body: Uint8Array): Uint8Array {
  return b4a.concat([stream.handshakeHash, body])
}

/** The first message on a stream. @throws where it closes or stays silent for `timeoutMs` */
export function firstMessage(stream: NoiseSecretStream, timeoutMs: number): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const fail = (): void => done(() => reject(new TemoinError('CLOSED', 'The other side left')))
    const timer = setTimeout(fail, timeoutMs)
    const onData = (data: Uint8Array): void => done(() => resolve(data))
    stream.on('data', onData)
    stream.on('close', fail)
    function done(finish: () => void): void {
      clearTimeout(timer)
      stream.off('data', onData)
      stream.off('close', fail)
      finish()
    }
  })
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
