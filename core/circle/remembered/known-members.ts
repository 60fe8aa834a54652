// Who is a member and who was revoked, as remembered outside the store, which may be lost; in the order
// in which this device came to know them, which nobody else can change; and whom that admits. Pure.
// Must never: take a member away whose line has only not been read yet, or forget a revocation so.

import b4a from 'b4a'
import type { CircleState } from '../../encoding/memory/device-state.ts'
import { hex } from '../../encoding/hex.ts'
import { MAX_MEMBERS } from '../../limits.ts'
import type { DeviceKey } from '../../types/keys.ts'
import type { Member, Roster } from '../roster.ts'

type Known = Pick<CircleState, 'members' | 'revoked'>

/**
 * What to remember now, or null where that is what is remembered already. Whose addition has been read and
 * is void is forgotten: nobody shall be spoken with whom no list shows.
 * @param last the roster before this one
 */
export function knownMembers(before: Known, roster: Roster, last: Roster): Known | null {
  const members = new Map(before.members.map((device) => [hex(device), device]))
  const revoked = new Map(before.revoked.map((device) => [hex(device), device]))
  for (const member of roster.members) {
    const [now, not] = member.state === 'active' ? [members, revoked] : [revoked, members]
    now.set(hex(member.device), member.device)
    not.delete(hex(member.device))
  }
  for (const id of vanished([...members.values()], roster, last)) members.delete(id)
  if (isSame(members, before.members) && isSame(revoked, before.revoked)) return null
  return { members: firstOf(members), revoked: firstOf(revoked) }
}

/** Who is in no list, as hex, though the lines that named them have been read. */
function vanished(members: DeviceKey[], roster: Roster, last: Roster): string[] {
  const missing = members.filter((device) => roster.find(device) === null)
  if (missing.length === 0) return []
  const refused = neverLetIn(roster)
  const isGone = (device: DeviceKey): boolean => last.find(device) !== null
  return missing.filter((device) => isGone(device) || refused.has(hex(device))).map(hex)
}

/** Whom members added that could not, or whom such a one added in turn; not whom just anybody names. */
function neverLetIn({ history }: Roster): Set<string> {
  const refused = new Set<string>()
  for (const { kind, state, why, by, about } of history) {
    if (kind !== 'member-added' || state !== 'void') continue
    if (why !== 'no-right' || refused.has(hex(by))) refused.add(hex(about))
  }
  return refused
}

function isSame(now: Map<string, DeviceKey>, before: DeviceKey[]): boolean {
  return now.size === before.length && before.every((device) => now.has(hex(device)))
}

function firstOf(devices: Map<string, DeviceKey>): DeviceKey[] {
  return [...devices.values()].slice(0, MAX_MEMBERS)
}

/**
 * True for members; and, until the journals are here, for who let us in and whom they told of before. A device
 * that is no member itself, by what it has read, refuses only who was cut off: that it has read so much
 * and no more may be the work of the one that it would be left with.
 */
export function isAdmitted(
  { state, roster }: { state: Known & Pick<CircleState, 'introducer'>; roster: Roster },
  self: DeviceKey,
  device: DeviceKey
): boolean {
  const { introducer, members, revoked } = state
  const member = roster.find(device)
  if (member !== null) return member.state === 'active' || isBeside(roster, member, self)
  const isOf = (devices: DeviceKey[]): boolean => devices.some((one) => b4a.equals(one, device))
  if (isOf(revoked)) return false
  return isOf(introducer === null ? members : [introducer, ...members])
}

/** Neither counts here: what either has of the journals may show that both do. */
function isBeside(roster: Roster, { state }: Member, self: DeviceKey): boolean {
  const own = roster.find(self)
  return state === 'unconfirmed' && own !== null && own.state !== 'active'
}

/**
 * At most `most` of these, those that this device has known longest. Where an organiser lets in more than
 * a circle can hold, as one may who is not who they were, those who were there before are not crowded out.
 *
 * @param known in the order in which this device came to know them
 */
export function longestKnown<T extends { device: DeviceKey }>(
  members: readonly T[],
  known: readonly DeviceKey[],
  most = MAX_MEMBERS
): T[] {
  if (members.length <= most) return [...members]
  const places = new Map(known.map((device, place) => [hex(device), place]))
  const placeOf = ({ device }: T): number => places.get(hex(device)) ?? known.length
  return [...members].sort((a, b) => placeOf(a) - placeOf(b)).slice(0, most)
}
