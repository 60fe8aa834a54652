import test from 'brittle'
import { Roster } from '../../../core/circle/roster.ts'
import { membersToday } from '../../../relay/status/status-of.ts'
import { member } from '../../circle/members.ts'

const BY_ANA = { by: new Uint8Array(32), atMs: 1, reason: '' }

test('members are those of today, not who was cut off or is not confirmed', (t) => {
  const roster = new Roster('', [
    member('ana', 'organiser'),
    member('ben', 'contact'),
    member('cleo', 'contact', { state: 'cut-off', revoked: BY_ANA }),
    member('dora', 'contact', { state: 'unconfirmed' })
  ])
  t.is(membersToday(roster), 2)
})
