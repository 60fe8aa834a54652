import test from 'brittle'
import { Owed } from '../../../core/exchange/handing-on/owed.ts'
import type { Peer } from '../../../core/exchange/members/peer.ts'
import type { Replica } from '../../../core/replica/replica.ts'

const UPSTREAM = { link: { rttMs: 0, closed: false } } as Peer
const SAID = { peer: UPSTREAM, length: 20, sinceMs: 1000 }

test('what an upstream has us fetch counts until it is here', (t) => {
  const owed = new Owed()
  t.ok(owed.add(film(10), SAID))
  const { at } = told(owed)
  t.is(at(10, 1500), 20)
  t.is(at(20, 1500), 0)
  t.is(at(10, 1500), 0, 'it was once')
})

test('who names blocks that nobody has shown is found out', (t) => {
  const owed = new Owed()
  owed.add(film(10), SAID)
  const { at, liars } = told(owed)
  t.is(at(10, 2000), 20)
  t.is(at(10, 2001), 0)
  t.alike(liars, [UPSTREAM])
})

test('blocks under the author’s signature are waited for as long as they come', (t) => {
  const owed = new Owed()
  owed.add(film(10), SAID)
  const { at, liars } = told(owed)
  t.is(at(10, 9000, { shown: 20, activeAtMs: 8000 }), 20)
  t.is(at(10, 9000, { shown: 20, activeAtMs: 7000 }), 0, 'nothing comes')
  t.alike(liars, [])
})

test('who says it again and again counts for nothing', (t) => {
  const owed = new Owed()
  const replica = film(10)
  const add = (sinceMs: number): boolean => owed.add(replica, { ...SAID, sinceMs })
  t.alike([0, 500, 1000, 1500, 2000].map(add), [true, true, true, false, false])
  t.ok(add(6000))
})

/** One recording for one test: what is kept goes with it. */
let FILM = {} as { arrived: number; activeAtMs: number; core: { length: number } }

function film(arrived: number): Replica {
  FILM = { arrived, activeAtMs: Infinity, core: { length: arrived } }
  return FILM as unknown as Replica
}

function told(owed: Owed) {
  const liars: Peer[] = []
  const at = (
    arrived: number,
    nowMs: number,
    { shown = arrived, activeAtMs = nowMs }: { shown?: number; activeAtMs?: number } = {}
  ): number => {
    Object.assign(FILM, { arrived, activeAtMs, core: { length: shown } })
    const replica = FILM as unknown as Replica
    const before = owed.lengthOf(replica, nowMs)
    const liar = owed.settle(replica, nowMs)
    if (liar) liars.push(liar)
    if (owed.lengthOf(replica, nowMs) !== before) throw new Error('Settling changes what is owed')
    return before
  }
  return { at, liars }
}
