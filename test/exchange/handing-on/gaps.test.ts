import test from 'brittle'
import { Gaps } from '../../../core/exchange/handing-on/gaps.ts'
import type { Peer } from '../../../core/exchange/members/peer.ts'
import type { Replica } from '../../../core/replica/replica.ts'

const FILM = {} as Replica
const [UPSTREAM, OTHER] = [{} as Peer, {} as Peer]

test('a gap counts from the moment it was first seen, and no more once it is filled', (t) => {
  const gaps = new Gaps()
  t.is(gaps.seenAtMs(FILM, false, 100), 0)
  t.is(gaps.seenAtMs(FILM, true, 200), 200)
  t.is(gaps.seenAtMs(FILM, true, 300), 200)
  t.is(gaps.seenAtMs(FILM, false, 400), 0)
  t.is(gaps.seenAtMs(FILM, true, 500), 500)
})

test('who pushes a block has all before it, as far as is known until it is asked', (t) => {
  const gaps = new Gaps()
  t.is(gaps.lengthAt(FILM, UPSTREAM), 0)
  gaps.passedOver(FILM, UPSTREAM, 7)
  t.is(gaps.lengthAt(FILM, UPSTREAM), 8)
  t.is(gaps.lengthAt(FILM, OTHER), 0, 'says nothing of anybody else')
  gaps.asked(FILM)
  t.is(gaps.lengthAt(FILM, UPSTREAM), 0, 'a liar is not believed for ever')
})
