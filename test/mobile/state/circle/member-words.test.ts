import test from 'brittle'
import {
  formerNameSentence,
  holdsSentence,
  presenceSentences,
  standingSentence
} from '../../../../mobile/ui/state/circle/member-words.ts'
import { lacking } from '../../../helpers/ui/words.ts'

const NOW = Date.UTC(2026, 4, 1, 12)
const times = {
  nowMs: NOW,
  momentText: (ms: number) => `at ${ms - NOW}`,
  dayText: () => 'Friday',
  durationText: (seconds: number) => `${seconds} s`
}
const here = { online: true, lastSeenMs: NOW, full: false, leavesAtMs: null, behind: [] }

test('A member is online, away since a moment, or was never seen', (t) => {
  t.alike(keys(here), ['presence.here'])
  const [away] = presenceSentences({ ...here, online: false, lastSeenMs: NOW - 5 }, times, true)
  t.alike(away, { key: 'presence.away', values: { time: 'at -5' } })
  t.alike(keys({ ...here, online: false, lastSeenMs: null }), ['presence.never'])
})

test('What makes its copies worth less is said after that', (t) => {
  t.alike(keys({ ...here, full: true }), ['presence.here', 'presence.full'])
  t.alike(keys({ ...here, leavesAtMs: NOW + 1 }), ['presence.here', 'presence.leaves'])
  t.alike(keys({ ...here, leavesAtMs: NOW }), ['presence.here', 'presence.left'])
})

test('Where no engine answers nobody is said to be here, or gone', (t) => {
  const member = { ...here, full: true, behind: [lacks(2)] }
  t.alike(keys(member, false), ['presence.unknown', 'presence.full'])
})

test('Behind is by how much of the film it lacks most of, while it is online', (t) => {
  const behind = [lacks(2), lacks(9)]
  const [, said] = presenceSentences({ ...here, behind }, times, true)
  t.alike(said, { key: 'presence.behind', values: { duration: '9 s' } })
  t.alike(keys({ ...here, online: false, behind }), ['presence.away'])
  t.alike(keys({ ...here, behind: [lacks(null)] }), ['presence.here', 'presence.behindUnknown'])
  const none = { recording: 'r', missing: 0, seconds: 0 }
  t.alike(keys({ ...here, behind: [none] }), ['presence.here'])
})

test('What it holds of mine is whole films, some of them, or nothing', (t) => {
  const key = (whole: number, seconds: number, filmed = 3): string =>
    holdsSentence({ whole, seconds }, filmed, times).key
  t.is(key(2, 90), 'holds.whole')
  t.is(key(0, 9), 'holds.some')
  t.is(key(0, 0), 'holds.nothing')
  t.is(key(0, 0, 0), 'holds.none-yet')
})

test('Who calls itself otherwise than it was let in as is shown with both, and since when', (t) => {
  const ben = { name: 'Ben', addedAs: 'Ben', namedAtMs: null }
  t.is(formerNameSentence(ben, 'Ben', times), null)
  t.is(formerNameSentence({ ...ben, namedAtMs: NOW }, 'Ben', times), null)
  const { key, values } = formerNameSentence({ ...ben, name: 'Zoe', namedAtMs: NOW }, 'Ben', times)!
  t.alike([key, values], ['member.firstCalled', { name: 'Ben', time: 'Friday' }])
  const some = formerNameSentence({ ...ben, name: 'Zoe' }, 'Ben', times)!
  t.is(some.key, 'member.firstCalledSome')
  t.alike(
    [key, some.key].flatMap((one) => lacking(`circle.${one}`)),
    []
  )
})

test('Only who is less than a member has a standing to tell, being cut off before all', (t) => {
  const active = { state: 'active', onHold: false, revoked: null } as const
  const revoked = { by: 'ana', atMs: NOW, reason: 'lost' }
  const nameOf = (device: string): string => device.toUpperCase()
  t.is(standingSentence(active, nameOf), null)
  t.is(standingSentence({ ...active, onHold: true }, nameOf)!.key, 'state.on-hold')
  t.is(standingSentence({ ...active, state: 'unconfirmed' }, nameOf)!.key, 'state.unconfirmed')
  const cut = { state: 'cut-off', onHold: true, revoked } as const
  t.alike(standingSentence(cut, nameOf)!.values, { name: 'ANA', reason: 'lost' })
  const silent = { ...cut, revoked: { ...revoked, reason: '' } }
  t.is(standingSentence(silent, nameOf)!.key, 'state.cut-off')
})

test('Every one of these sentences is there in every language', (t) => {
  const presence = [
    'here',
    'away',
    'never',
    'unknown',
    'full',
    'left',
    'leaves',
    'behind',
    'behindUnknown'
  ]
  const holds = ['none-yet', 'nothing', 'some', 'whole']
  const states = ['cut-off', 'cut-off-reason', 'unconfirmed', 'on-hold']
  for (const key of presence) t.alike(lacking(`circle.presence.${key}`), [], key)
  for (const key of holds) t.alike(lacking(`circle.holds.${key}`), [], key)
  for (const key of states) t.alike(lacking(`circle.state.${key}`), [], key)
})

function keys(member: Parameters<typeof presenceSentences>[0], isCurrent = true): string[] {
  return presenceSentences(member, times, isCurrent).map(({ key }) => key)
}

function lacks(seconds: number | null) {
  return { recording: 'r', missing: 4, seconds }
}
