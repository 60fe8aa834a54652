import test from 'brittle'
import { Lags, TRIAL_MS } from '../../../core/exchange/handing-on/lags.ts'
import type { Peer } from '../../../core/exchange/members/peer.ts'
import type { Replica } from '../../../core/replica/replica.ts'

const SLOW = { link: { rttMs: 0 } } as Peer

test('a lag is as old as the news of the oldest block that is missing, whatever comes meanwhile', (t) => {
  const lags = new Lags()
  const { at } = film(lags)
  t.is(at(10, 10, 0), 0)
  t.is(at(10, 14, 1000), 0)
  t.is(at(11, 18, 2000), 1000, 'a block has come')
  t.is(at(14, 22, 3000), 1000, 'what was known first is here: the next counts')
  t.is(at(22, 22, 4000), 0)
})

test('a length counts no longer than whoever says it is believed', (t) => {
  const lags = new Lags()
  const { at } = film(lags)
  t.is(at(10, 1000, 0), 0)
  t.is(at(10, 1000, 5000), 5000)
  t.is(at(10, 12, 6000), 0, 'somebody else has some more, since now')
  t.is(at(12, 12, 7000), 0)
})

test('who was left is guilty once somebody else has given what it did not, in time', (t) => {
  for (const [arrived, afterMs, guilty] of [
    [14, TRIAL_MS - 1, [SLOW]],
    [13, TRIAL_MS - 1, []],
    [14, TRIAL_MS, []]
  ] as const) {
    const lags = new Lags()
    const { at, replica } = film(lags)
    at(10, 14, 0)
    lags.leaves(replica, SLOW, 4000)
    t.ok(lags.isSuspect(replica, SLOW, 4000))
    at(arrived, 14, 4000 + afterMs)
    t.alike(lags.guilty(replica, 4000 + afterMs), guilty)
    t.alike(lags.guilty(replica, 4000 + afterMs), [], 'named once')
  }
})

test('who was left on the word of somebody who does not give is as good as before', (t) => {
  const lags = new Lags()
  const { at, replica } = film(lags)
  at(10, 14, 0)
  lags.leaves(replica, SLOW, 4000)
  lags.clear(replica)
  t.absent(lags.isSuspect(replica, SLOW, 4000))
  at(14, 14, 4100)
  t.alike(lags.guilty(replica, 4100), [])
})

test('where changes do not help they become rare, until nothing is missing', (t) => {
  const lags = new Lags()
  const { at, replica } = film(lags)
  const patience = (): number => lags.patienceMs(replica)
  at(10, 14, 0)
  const first = patience()
  const more = [1, 2, 3, 4, 5, 6].map(() => {
    lags.leaves(replica, SLOW, 0)
    return patience() / first
  })
  t.alike(more, [2, 4, 8, 16, 20, 20])
  at(14, 14, 0)
  t.is(patience(), first)
})

function film(lags: Lags) {
  const state = { arrived: 0 }
  const replica = state as Replica
  const at = (arrived: number, known: number, nowMs: number): number => {
    state.arrived = arrived
    return lags.lagMs(replica, known, nowMs)
  }
  return { at, replica }
}
