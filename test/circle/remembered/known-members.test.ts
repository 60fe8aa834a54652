// Whom a device speaks with, by what it has read and what it remembers.

import test from 'brittle'
import { isAdmitted } from '../../../core/circle/remembered/known-members.ts'
import { Roster } from '../../../core/circle/roster.ts'
import type { MemberState } from '../../../core/circle/roster.ts'
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
