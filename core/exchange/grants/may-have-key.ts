// Who may have the key of a recording that it lacks, and from when on. Pure, by the roster that this
// device has.
// Must never: let a relay have one, who does not belong (any more), or who filmed it and kept none.

import b4a from 'b4a'
import { canRead } from '../../circle/roster.ts'
import type { Member, Roster } from '../../circle/roster.ts'
import { verifyBox } from '../../identity/device-keys.ts'
import type { Replica } from '../../replica/replica.ts'
import type { DeviceKey } from '../../types/keys.ts'

/** Nothing has come of it for so long: it is over, though nobody has said so. */
const QUIET_MS = 60_000

/** The member with this key where it may read what is filmed, or null. */
export function readerIn(roster: Roster, device: DeviceKey): Member | null {
  const member = roster.active(device)
  return member !== null && canRead(member.role) ? member : null
}

/** The member as which that device may have the key of this recording, or null. */
export function mayHaveKey(
  roster: Roster,
  device: DeviceKey,
  { announced }: Pick<Replica, 'announced'>
): Member | null {
  if (b4a.equals(announced.author, device)) return null
  const member = readerIn(roster, device)
  return member !== null && !member.onHold && verifyBox(member) ? member : null
}

type Sign = Pick<Replica, 'sealed' | 'end' | 'over' | 'isOwn' | 'activeAtMs'>

/**
 * True where nothing more will come of it. Whoever films begins a new part when one that has a key is cut
 * off, and does not know of keys that were given since.
 */
export function isOver({ sealed, end, over, isOwn, activeAtMs }: Sign, nowMs: number): boolean {
  return sealed || end !== null || over || (!isOwn && nowMs - activeAtMs >= QUIET_MS)
}
