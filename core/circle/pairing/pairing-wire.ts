// What both sides of pairing share: the binding to the stream, the commitment, the answer kinds, and
// what the inviter had seen when it let somebody in.

import b4a from 'b4a'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import type { Seen } from '../../encoding/journal-entry.ts'
import { hex } from '../../encoding/hex.ts'
import { labelled } from '../../identity/hash.ts'
import { MAX_SEEN } from '../../limits.ts'
import type { DeviceKey } from '../../types/keys.ts'
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

/**
 * How far each journal had been read: the cause of what is said next. Where there are more journals than
 * an entry can name, those of the device it is about come first, then the newest of each device in turn:
 * who writes hundreds of them makes nobody forget the others', and none of its own is left out.
 */
export function seenBy(lines: readonly JournalLine[], about: DeviceKey | null = null): Seen[] {
  const devices = new Map<string, Map<string, Seen>>()
  for (const { device, journal, index } of lines) {
    const seen = devices.get(hex(device)) ?? new Map<string, Seen>()
    const length = Math.max(seen.get(hex(journal))?.length ?? 0, index + 1)
    devices.set(hex(device), seen.set(hex(journal), { journal, length }))
  }
  const own = about && devices.get(hex(about))
  if (own) devices.delete(hex(about))
  const others = [...devices.values()].map((seen) => [...seen.values()].reverse())
  return [...(own?.values() ?? []), ...inTurns(others)].slice(0, MAX_SEEN)
}

/** The first of each, then the second of each, and so on. */
function inTurns<T>(lists: T[][]): T[] {
  const most = Math.max(0, ...lists.map(({ length }) => length))
  return Array.from({ length: most }, (_, i) =>
    lists.flatMap((list) => list.slice(i, i + 1))
  ).flat()
}
