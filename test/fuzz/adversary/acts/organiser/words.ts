// What an organiser who turned says of who belongs: raw lines, with whatever it likes to have read, of
// whatever time. What a person would use refuses what the rules would call void.

import { seenBy } from '../../../../../core/circle/journal/seen-by.ts'
import type { JournalEntry, Seen } from '../../../../../core/encoding/journal/journal-entry.ts'
import type { SignedBox } from '../../../../../core/encoding/box-claim.ts'
import type { DeviceKey, Role } from '../../../../../core/types/keys.ts'
import { revoke } from '../../../../helpers/devices/station.ts'
import type { Actor } from '../../actor.ts'
import type { World } from '../../world.ts'
import type { Stage } from '../act.ts'

const HOUR_MS = 3_600_000

/** @param by is up */
export function revocation(by: Actor, device: DeviceKey, random: Stage['random']): JournalEntry {
  return { kind: 'member-revoked', body: { device, reason: 'no', ...claimed(by, random) } }
}

/** @param by is up */
export function addition(by: Actor, box: SignedBox, random: Stage['random']): JournalEntry {
  const role = random.pick<Role>(['organiser', 'contact', 'keeper', 'relay'])
  return { kind: 'member-added', body: { ...box, role, name: 'x', ...claimed(by, random) } }
}

/** All that it has read, as if it had read nothing, or more than there is; now, or long ago. */
export function claimed(by: Actor, random: Stage['random']): { atMs: number; seen: Seen[] } {
  const read = seenBy(by.station!.circle.ends)
  const more = read.map(({ journal, length }) => ({ journal, length: length + 1 + random.int(50) }))
  const atMs = by.clock.now() - random.pick([0, 0, HOUR_MS, 24 * HOUR_MS])
  return { atMs, seen: random.pick([read, read, [], more]) }
}

/** Whom it may be about: never the founder, for somebody must remain whose word can be asked. */
export function mayAccuse(a: Actor, b: Actor): boolean {
  return a.station !== null && b !== a && b.index !== 0
}

/** It says so of that one: whether either belongs is for the rules to say. */
export function noteAccusation(a: Actor, b: Actor): void {
  b.revoked = true
  a.accuser = true
  a.counted = true
}

/** Honest organisers that can speak, and of whom nobody has said that they should go. */
export function judges({ honest }: World): Actor[] {
  return honest.filter(({ sketch, revoked }) => sketch.role === 'organiser' && !revoked)
}

/** An honest organiser cuts it off, as a person would. */
export function judge(by: Actor, about: Actor): Promise<void> {
  about.revoked = true
  by.accuser = true
  return revoke(by.station!, about)
}
