import test from 'brittle'
import { decideMode, isLate } from '../../../core/replica/following/follow-policy.ts'
import type { FollowFacts, Mode } from '../../../core/replica/following/follow-policy.ts'

const FETCHING: FollowFacts = {
  mode: 'pull',
  ownLength: 5,
  ended: false,
  bestLength: 5,
  authorLength: -1,
  upstreamLength: 5,
  owedLength: 0,
  quietMs: 0,
  lagMs: 0,
  lagPatienceMs: 3000,
  rttMs: 0
}
const FOLLOWING: FollowFacts = { ...FETCHING, mode: 'push' }

const CASES: [rule: string, facts: FollowFacts, decision: Mode | null][] = [
  ['caught up with an upstream: follow it', FETCHING, 'push'],
  [
    'ahead of an upstream that is slow to announce: follow it',
    { ...FETCHING, ownLength: 6 },
    'push'
  ],
  [
    'an upstream that has nothing yet will: follow it',
    { ...FETCHING, ownLength: 0, bestLength: 0, upstreamLength: 0 },
    'push'
  ],
  ['behind: fetch on', { ...FETCHING, bestLength: 6 }, null],
  ['an upstream pushes only what comes later: fetch on', { ...FETCHING, owedLength: 6 }, null],
  ['nobody to follow: fetch on', { ...FETCHING, upstreamLength: -1 }, null],
  ['over: nothing more will be pushed', { ...FETCHING, ended: true }, null],
  ['following and nothing missing: go on', FOLLOWING, null],
  ['quiet for a minute with nothing missing: go on', { ...FOLLOWING, quietMs: 60_000 }, null],
  ['the upstream is gone: fetch', { ...FOLLOWING, upstreamLength: -1 }, 'pull'],
  [
    'the upstream has just announced more: its push is under way',
    { ...FOLLOWING, bestLength: 6, upstreamLength: 6, quietMs: 150 },
    null
  ],
  [
    'the upstream announced more, and nothing came: fetch',
    { ...FOLLOWING, bestLength: 6, upstreamLength: 6, quietMs: 151 },
    'pull'
  ],
  [
    'a long line is given its round trip',
    { ...FOLLOWING, bestLength: 6, upstreamLength: 6, quietMs: 400, rttMs: 300 },
    null
  ],
  [
    'another has more: the push may still be on a slow line',
    { ...FOLLOWING, bestLength: 6, quietMs: 1000 },
    null
  ],
  [
    'another has more, and nothing came: fetch',
    { ...FOLLOWING, bestLength: 6, quietMs: 1001 },
    'pull'
  ],
  [
    'only the author has more, and we follow another: it may wait in the author’s own slow line',
    { ...FOLLOWING, authorLength: 6, quietMs: 3000 },
    null
  ],
  [
    'nothing came of it for so long: give up on whom we follow',
    { ...FOLLOWING, authorLength: 6, quietMs: 3001 },
    'pull'
  ],
  [
    'caught up with whom we would follow: what the author has more, it will push',
    { ...FETCHING, authorLength: 9 },
    'push'
  ],
  ['following past the end, and nothing missing: go on', { ...FOLLOWING, ended: true }, null]
]

for (const [rule, facts, decision] of CASES) {
  test(rule, (t) => {
    t.is(decideMode(facts), decision)
  })
}

test('who pushes too little of what others have is late, however lately a block came', (t) => {
  const late = { ...FOLLOWING, bestLength: 6, lagMs: 3001 }
  t.ok(isLate(late))
  t.is(decideMode(late), null, 'it is not silent')
  t.absent(isLate({ ...late, lagMs: 3000 }))
  t.absent(isLate({ ...late, rttMs: 300 }), 'a long line is given two round trips')
  t.absent(isLate({ ...late, mode: 'pull' }), 'nobody is followed')
})
