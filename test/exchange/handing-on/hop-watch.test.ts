import b4a from 'b4a'
import test from 'brittle'
import { HopWatch } from '../../../core/exchange/handing-on/hop-watch.ts'
import { Published } from '../../../core/replica/pushed/published.ts'

const CHANNEL = {}
const PEER = {
  device: b4a.alloc(32, 1),
  link: { near: true, relayed: false, rttMs: 20 },
  room: 'open',
  channel: CHANNEL
} as any

test('who owes nothing is neither late nor stalled', (t) => {
  const { film, watch } = pushing(4)
  film.signed = 4
  const { lagMs, stalledMs } = watch.facts([film.replica], 100_000)
  t.alike([lagMs, stalledMs], [0, 0])
})

test('the oldest block that is owed says how late, the last receipt how long stalled', (t) => {
  const { film, watch } = pushing(4)
  film.signed = 2
  watch.acknowledged(film.replica, 2, 900)
  const { lagMs, stalledMs } = watch.facts([film.replica], 1500)
  t.alike([lagMs, stalledMs], [1000, 600], 'block 2 was handed over at 500')
})

test('a hop is not stalled for what was handed over before it was one', (t) => {
  const { film, watch } = pushing(4)
  watch.begins(5000)
  t.is(watch.facts([film.replica], 5300).stalledMs, 300)
  t.is(watch.facts([film.replica], 5300).lagMs, 5300)
})

test('acknowledgements are measured from the push, the first of a film left out', (t) => {
  const { film, watch } = pushing(4)
  watch.acknowledged(film.replica, 1, 900)
  t.is(watch.facts([film.replica], 900).ackMs, null)
  watch.acknowledged(film.replica, 4, 810)
  t.is(watch.facts([film.replica], 900).ackMs, 60)
})

test('what comes from others is not measured as our push', (t) => {
  const { film, watch } = pushing(4)
  film.followers.clear()
  watch.acknowledged(film.replica, 1, 900)
  watch.acknowledged(film.replica, 4, 900)
  t.is(watch.facts([film.replica], 900).ackMs, null)
  t.absent(watch.facts([film.replica], 900).isPushed)
})

test('who stalled is left out for a while, longer every time', (t) => {
  const { film, watch } = pushing(1)
  const failedAt = (nowMs: number): boolean => watch.facts([film.replica], nowMs).failed
  watch.fails(0)
  t.alike([failedAt(4999), failedAt(5000)], [true, false])
  watch.fails(10_000)
  t.alike([failedAt(19_999), failedAt(20_000)], [true, false])
})

/** A film of so many blocks, one every 250 ms from 0 on, pushed to the one that is watched. */
function pushing(blocks: number) {
  const published = new Published()
  for (let i = 0; i < blocks; i++) published.note(i * 250)
  const followers = new Set<unknown>([CHANNEL])
  const film = { signed: 0, followers, replica: null as any }
  film.replica = {
    published,
    upstream: { has: (channel: unknown) => followers.has(channel) },
    receipts: { lengthOf: () => film.signed }
  }
  return { film, watch: new HopWatch(PEER) }
}
