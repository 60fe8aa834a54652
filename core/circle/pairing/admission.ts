// Whether a candidate with a valid invite is let in. Pure: time and counts are arguments.

import type { Refusal } from '../../encoding/pairing/pairing.ts'
import type { DeviceKey } from '../../types/keys.ts'
import { MAX_MEMBERS } from '../../limits.ts'
import type { Roster } from '../roster.ts'

export interface InviteTerms {
  /** Who made it: it holds only while that device may let people in. */
  inviter: DeviceKey
  uses: number
  used: number
  expiresAtMs: number
}

export type Admission = 'admit' | 'already-member' | Refusal

/** A member who asks again (the answer was lost) is answered again, and costs no use. */
export function decideAdmission(
  terms: InviteTerms,
  roster: Roster,
  device: DeviceKey,
  nowMs: number
): Admission {
  const known = roster.find(device)
  if (known?.revoked) return 'refused'
  if (nowMs >= terms.expiresAtMs) return 'expired'
  const inviter = roster.active(terms.inviter)
  if (inviter?.role !== 'organiser') return 'powerless'
  if (inviter.onHold) return 'on-hold'
  if (known?.state === 'active') return 'already-member'
  if (terms.used >= terms.uses) return 'used'
  if (roster.members.filter(({ state }) => state === 'active').length >= MAX_MEMBERS) return 'full'
  return 'admit'
}
