import test from 'brittle'
import type { CircleState, State } from '../../../../core/api/contract.ts'
import {
  circleOf,
  mayCutOff,
  mayOrganise,
  membersInOrder,
  openInvites,
  ownFilms,
  waitingForMe
} from '../../../../mobile/ui/state/circle/circle-view.ts'
import { codeText, inviteIn } from '../../../../mobile/ui/state/circle/invite-link.ts'

test('The circle that is asked for is shown, else the first, else none', (t) => {
  const state = { circles: { a: { circle: 'a' }, b: { circle: 'b' } } } as unknown as State
  t.is(circleOf(state, 'b')!.circle, 'b')
  t.is(circleOf(state, 'gone')!.circle, 'a')
  t.is(circleOf(state, undefined)!.circle, 'a')
  t.is(circleOf({ ...state, circles: {} }, 'a'), null)
})

test('Members come first, who was cut off last, and else the order stays', (t) => {
  const members = ['x cut-off', 'me active', 'u unconfirmed', 'b active'].map((one) => {
    const [device, state] = one.split(' ')
    return { device, state }
  })
  const ordered = membersInOrder({ members } as unknown as CircleState)
  t.alike(
    ordered.map(({ device }) => device),
    ['me', 'b', 'u', 'x']
  )
})

test('Only an organiser whose powers do not wait lets people in', (t) => {
  t.ok(mayOrganise(standing({})))
  t.absent(mayOrganise(standing({ role: 'contact' })))
  t.absent(mayOrganise(standing({ onHold: true })))
  t.absent(mayOrganise(standing({ state: 'cut-off' })))
})

test('Every member but a relay may cut a device off', (t) => {
  t.ok(mayCutOff(standing({ role: 'keeper' })))
  t.absent(mayCutOff(standing({ role: 'relay' })))
  t.absent(mayCutOff(standing({ role: null, state: null })))
})

test('Of the films only this device’s own in this circle are at stake', (t) => {
  const recordings = { a: own('c', true), b: own('c', false), d: own('other', true) }
  t.alike(ownFilms({ recordings } as unknown as State, 'c'), [own('c', true)])
})

test('What waits for this device is what names it as a seconder', (t) => {
  const history = [{ seconders: ['ana'] }, { seconders: ['ana', 'me'] }, { seconders: [] }]
  t.alike(waitingForMe({ history } as unknown as CircleState, 'me'), [history[1]])
})

test('Invites that let nobody in any more are not among the open ones', (t) => {
  const phases = ['open', 'spent', 'closed', 'expired', 'taken-back']
  const invites = Object.fromEntries(phases.map((phase) => [phase, { circle: 'c', phase }]))
  const open = openInvites({ invites } as unknown as State, 'c')
  t.alike(
    open.map(({ phase }) => phase),
    ['closed', 'open']
  )
})

test('An invite is found in capitals and among other words, and nothing else is taken for one', (t) => {
  t.is(inviteIn('TEMOIN:YBNDR'), 'temoin:ybndr')
  t.is(inviteIn(' Come in: temoin:ybndr8, today '), 'temoin:ybndr8')
  t.is(inviteIn('https://example.org/?x=1'), null)
  t.is(inviteIn('temoin:'), null)
  t.is(inviteIn(codeText('temoin:ybndr')), 'temoin:ybndr')
})

function standing(some: Partial<CircleState>): CircleState {
  return { role: 'organiser', state: 'active', onHold: false, ...some } as CircleState
}

function own(circle: string, isOwn: boolean) {
  return { circle, own: isOwn } as unknown as State['recordings'][string]
}
