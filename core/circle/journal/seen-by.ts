// What a statement says that its author had read when it spoke: the cause by which the rules order what
// is said of who belongs. Pure.

import { hex } from '../../encoding/hex.ts'
import type { Seen } from '../../encoding/journal/journal-entry.ts'
import { MAX_SEEN } from '../../limits.ts'
import type { DeviceKey } from '../../types/keys.ts'
import { inTurns } from '../lists.ts'
import type { JournalLine } from '../roster.ts'

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
