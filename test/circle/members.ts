// Members and what they say, for rules that are functions of a roster and lines: a key is as good as its
// name. And keys that are real, for those that sign.

import b4a from 'b4a'
import type { Circle } from '../../core/circle/circle.ts'
import type { JournalLine, Member } from '../../core/circle/roster.ts'
import type { JournalEntry } from '../../core/encoding/journal/journal-entry.ts'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import type { Role } from '../../core/types/keys.ts'

export function newKeys(): DeviceKeys {
  return new DeviceKeys(randomBytes(32))
}

/** The same for the same name. */
export function key(name: string): Uint8Array {
  return b4a.alloc(32, name)
}

/** Let in by ana. */
export function member(name: string, role: Role, changes: Partial<Member> = {}): Member {
  return { ...memberWith(key(name)), role, name, addedBy: key('ana'), ...changes }
}

const UNNAMED = { name: '', addedAs: '', namedAtMs: null }

/** A contact without a name, let in by itself. */
export function memberWith(device: Uint8Array): Member {
  const signedBox = { device, box: device, boxSignature: b4a.alloc(64) }
  const who = { ...signedBox, role: 'contact' as const, addedBy: device, ...UNNAMED }
  return { ...who, addedAtMs: 0, state: 'active', onHold: false, revoked: null }
}

/** Who that is has one journal, of that name. */
export function line({ device, name }: Member, index: number, entry: JournalEntry): JournalLine {
  return { device, journal: key(name), index, entry }
}

/** Any line will do: a device that nobody knows is revoked for a reason. */
export function note(reason: string): JournalEntry {
  return { kind: 'member-revoked', body: { device: b4a.alloc(32, 9), reason, atMs: 1, seen: [] } }
}

/** The reasons of all that was read. */
export function notesOf({ circle }: { circle: Circle }): string[] {
  return circle.lines.flatMap(({ entry }) =>
    entry.kind === 'member-revoked' ? [entry.body.reason] : []
  )
}
