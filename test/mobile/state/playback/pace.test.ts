import test from 'brittle'
import {
  LEAST_BEHIND_SECONDS,
  MOST_BEHIND_SECONDS,
  afterCalm,
  afterStall,
  pace
} from '../../../../mobile/ui/state/playback/pace.ts'

const wantedSeconds = 0.4

test('Where the live edge is about as far as wanted, nothing is done', (t) => {
  for (const behindSeconds of [0.3, 0.4, 0.5]) {
    t.alike(pace({ behindSeconds, wantedSeconds, rate: 1 }), { rate: 1 })
  }
})

test('A little late it hurries, until it is there', (t) => {
  t.alike(pace({ behindSeconds: 0.8, wantedSeconds, rate: 1 }), { rate: 1.15 })
  t.alike(pace({ behindSeconds: 0.45, wantedSeconds, rate: 1.15 }), { rate: 1.15 })
  t.alike(pace({ behindSeconds: 0.39, wantedSeconds, rate: 1.15 }), { rate: 1 })
})

test('Too close it slows down, until there is something in hand', (t) => {
  t.alike(pace({ behindSeconds: 0.1, wantedSeconds, rate: 1 }), { rate: 0.95 })
  t.alike(pace({ behindSeconds: 0.35, wantedSeconds, rate: 0.95 }), { rate: 0.95 })
  t.alike(pace({ behindSeconds: 0.41, wantedSeconds, rate: 0.95 }), { rate: 1 })
})

test('Far behind it leaves out what is between', (t) => {
  t.alike(pace({ behindSeconds: 5, wantedSeconds: 1, rate: 1 }), { jumpSeconds: 4 })
})

test('Standing still makes it keep further away, calm brings it back, both within bounds', (t) => {
  t.ok(afterStall(LEAST_BEHIND_SECONDS) > LEAST_BEHIND_SECONDS)
  t.is(afterStall(MOST_BEHIND_SECONDS), MOST_BEHIND_SECONDS)
  t.ok(afterCalm(1, 10) < 1)
  t.is(afterCalm(1, 1000), LEAST_BEHIND_SECONDS)
})
