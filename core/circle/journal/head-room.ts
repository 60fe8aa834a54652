// How many journals are followed, and whose: a device has few, and devices that anyone can make up must
// not crowd out the journals of members. Pure.

import b4a from 'b4a'
import type { JournalHead } from '../../encoding/journal-head.ts'
import { MAX_HEADS, MAX_JOURNALS_PER_DEVICE } from '../../limits.ts'
import type { Roster } from '../roster.ts'

/** Heads of devices that no journal read so far calls members. */
const MAX_STRANGE_HEADS = 64

/** True where the head is new and there is room for it. */
export function hasRoomFor(
  head: JournalHead,
  heads: readonly JournalHead[],
  roster: Roster
): boolean {
  if (heads.length >= MAX_HEADS) return false
  if (heads.some((known) => b4a.equals(known.signer, head.signer))) return false
  const same = heads.filter((known) => b4a.equals(known.device, head.device))
  if (same.length >= MAX_JOURNALS_PER_DEVICE) return false
  return roster.find(head.device) !== null || !hasManyStrangers(heads, roster)
}

/** Anyone can make device keys and vouch for journals of theirs; a newcomer's head may come early. */
function hasManyStrangers(heads: readonly JournalHead[], roster: Roster): boolean {
  if (roster.members.length === 0) return false
  return heads.filter(({ device }) => roster.find(device) === null).length >= MAX_STRANGE_HEADS
}
