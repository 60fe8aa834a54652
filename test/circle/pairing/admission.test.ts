import b4a from 'b4a'
import test from 'brittle'
import { decideAdmission } from '../../../core/circle/pairing/admission.ts'
import type { Admission, InviteTerms } from '../../../core/circle/pairing/admission.ts'
import { Roster } from '../../../core/circle/roster.ts'
import type { Member } from '../../../core/circle/roster.ts'
import { MAX_MEMBERS } from '../../../core/limits.ts'
import { memberWith } from '../members.ts'

const NEWCOMER = b4a.alloc(32, 1)
const INVITER = b4a.alloc(32, 9)
const OPEN: InviteTerms = { inviter: INVITER, uses: 1, used: 0, expiresAtMs: 1000 }
const SPENT: InviteTerms = { ...OPEN, used: 1 }

const ORGANISER: Member = { ...memberWith(INVITER), role: 'organiser' }
const BY_INVITER = {
  state: 'cut-off' as const,
  revoked: { by: INVITER, atMs: 1, reason: '' }
}
const NOBODY = new Roster('', [ORGANISER])
const KNOWN = new Roster('', [ORGANISER, memberWith(NEWCOMER)])
const REVOKED = new Roster('', [ORGANISER, { ...memberWith(NEWCOMER), ...BY_INVITER }])
const DEMOTED = new Roster('', [{ ...ORGANISER, role: 'contact' }])
const DISMISSED = new Roster('', [{ ...ORGANISER, ...BY_INVITER }])
const HELD = new Roster('', [{ ...ORGANISER, onHold: true }])
const DOUBTED = new Roster('', [ORGANISER, { ...memberWith(NEWCOMER), state: 'unconfirmed' }])
const CROWDED = new Roster('', [
  ORGANISER,
  ...Array.from({ length: MAX_MEMBERS }, (_, i) => memberWith(b4a.from([2, i >> 8, i & 255])))
])
const LEFT = new Roster('', [
  ORGANISER,
  ...CROWDED.members.slice(1).map((one) => ({ ...one, ...BY_INVITER }))
])

const CASES: [rule: string, terms: InviteTerms, roster: Roster, nowMs: number, Admission][] = [
  ['a newcomer with a use left is let in', OPEN, NOBODY, 999, 'admit'],
  ['at the moment it expires an invite is over', OPEN, NOBODY, 1000, 'expired'],
  ['with no use left nobody new is let in', SPENT, NOBODY, 0, 'used'],
  ['more uses than were counted are not to be had', { ...OPEN, used: 7 }, NOBODY, 0, 'used'],
  ['a member whose answer was lost is answered again', SPENT, KNOWN, 0, 'already-member'],
  ['after the end not even a member is answered', SPENT, KNOWN, 1000, 'expired'],
  ['a revoked device does not come back by an invite', OPEN, REVOKED, 0, 'refused'],
  ['who may not add members any more lets nobody in', OPEN, DEMOTED, 0, 'powerless'],
  ['who was revoked lets nobody in', OPEN, DISMISSED, 0, 'powerless'],
  ['who accused somebody alone lets nobody in meanwhile', OPEN, HELD, 0, 'on-hold'],
  ['who is unconfirmed is let in as a newcomer is', OPEN, DOUBTED, 0, 'admit'],
  ['a circle that is full takes nobody', OPEN, CROWDED, 0, 'full'],
  ['who was cut off takes up no room', OPEN, LEFT, 0, 'admit']
]

for (const [rule, terms, roster, nowMs, admission] of CASES) {
  test(rule, (t) => {
    t.is(decideAdmission(terms, roster, NEWCOMER, nowMs), admission)
  })
}
