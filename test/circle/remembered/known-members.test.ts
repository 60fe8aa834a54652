// Whom a device speaks with, by what it has read and what it remembers.

import test from 'brittle'
import { isAdmitted, knownMembers } from '../../../core/circle/remembered/known-members.ts'
import { Roster } from '../../../core/circle/roster.ts'
import type { MemberState } from '../../../core/circle/roster.ts'
import { History } from '../../helpers/rosters/histories.ts'
import { key, member } from '../members.ts'

const NOBODY = { introducer: null, members: [], revoked: [] }

// this device, the other one, whether it is spoken with
const RULES: [MemberState, MemberState, boolean][] = [
  ['active', 'active', true],
  ['active', 'unconfirmed', false],
  ['active', 'cut-off', false],
  ['unconfirmed', 'active', true],
  ['unconfirmed', 'unconfirmed', true],
  ['unconfirmed', 'cut-off', false],
  ['cut-off', 'active', true],
  ['cut-off', 'unconfirmed', true],
  ['cut-off', 'cut-off', false]
]

for (const [own, theirs, admits] of RULES) {
  test(`a device that is ${own} ${admits ? 'speaks' : 'does not speak'} with one that is ${theirs}`, (t) => {
    const members = [
      member('me', 'contact', { state: own }),
      member('it', 'contact', { state: theirs })
    ]
    const seen = { state: NOBODY, roster: new Roster('', members) }
    t.is(isAdmitted(seen, key('me'), key('it')), admits)
  })
}

test('whom no journal names is spoken with where it let us in, or was told of before, and not cut off', (t) => {
  const roster = new Roster('', [])
  const state = { introducer: key('ana'), members: [key('ben')], revoked: [key('cleo')] }
  const admitted = ['ana', 'ben', 'cleo', 'dora'].map((name) =>
    isAdmitted({ state, roster }, key('me'), key(name))
  )
  t.alike(admitted, [true, true, false, false])
})

test('before a device has read that it belongs itself, who is unconfirmed is spoken with by nobody', (t) => {
  const roster = new Roster('', [member('it', 'contact', { state: 'unconfirmed' })])
  t.absent(isAdmitted({ state: NOBODY, roster }, key('me'), key('it')))
})

test('who was a member by what was read, and by what was read since never was one, is remembered as none', (t) => {
  const before = { members: [key('ana'), key('ben'), key('cleo')], revoked: [] }
  const last = new Roster('', [member('ana', 'organiser'), member('ben', 'contact')])
  const now = new Roster('', [member('ana', 'organiser')])
  const known = knownMembers(before, now, last)!
  t.alike(known.members, [key('ana'), key('cleo')], 'of cleo nothing has been read yet')
  t.absent(
    isAdmitted({ state: { introducer: null, ...known }, roster: now }, key('me'), key('ben'))
  )
})

test('whom somebody let in whose powers were on hold is forgotten, and those that it let in; nobody else', (t) => {
  const circle = new History('ben:organiser', 'cleo', 'dora')
  circle.revokes('ben', 'dora', { journal: 'ben' })
  circle.adds('ben', 'pit', 'organiser')
  circle.adds('pit', 'pat')
  circle.adds('cleo', 'emil')
  const members = ['ana', 'cleo', 'emil', 'pit', 'pat'].map((name) => circle.key(name))
  const { roster } = circle
  const known = knownMembers({ members, revoked: [] }, roster, new Roster('', []))!
  t.alike(
    known.members.map((device) => circle.nameOf(device)),
    ['ana', 'cleo', 'emil', 'ben'],
    'a contact’s word of emil says nothing: his line may still come'
  )
})
