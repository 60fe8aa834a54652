// What both sides of pairing share: the binding to the stream, the commitment, the answer kinds.

import b4a from 'b4a'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import { labelled } from '../../identity/hash.ts'

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
