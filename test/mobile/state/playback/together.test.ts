import test from 'brittle'
import { clockOf, standingOf } from '../../../../mobile/ui/state/playback/together.ts'
import type { Beside } from '../../../../mobile/ui/state/playback/together.ts'

const running: Beside = {
  ...{ moment: 3, at: 3, seconds: 6 },
  ...{ live: false, moving: true, ended: false, failed: false }
}
const standing = (now: Partial<Beside>) => standingOf({ ...running, ...now })
const stopped = { moving: false }

test('A film is to come before it began, runs while the clock is in it, and is over behind it', (t) => {
  t.is(standing({ moment: -0.1, at: 0 }), 'to-come')
  t.is(standing({ moment: 0, at: 0 }), 'running')
  t.is(standing({ moment: 6.1, at: 6 }), 'over')
})

test('A film whose last picture stands is over, though the clock has not left it', (t) => {
  t.is(standing({ ...stopped, moment: 5.9, at: 5.9, ended: true }), 'over')
  t.is(standing({ ...stopped, moment: 5.2, at: 5.2, ended: true }), 'over', 'shorter than it said')
  t.is(standing({ ...stopped, moment: 5.8, at: 5.8 }), 'over', 'nothing tells of its end')
  t.is(standing({ moment: 5.8, at: 5.8 }), 'running', 'as long as pictures come')
  t.is(standing({ ...stopped, moment: 2, at: 6, ended: true }), 'running', 'the clock was set back')
})

test('A film that waits for its pictures runs', (t) => {
  t.is(standing(stopped), 'running')
  t.is(standing({ ...stopped, at: 0 }), 'running', 'its picture is not where the clock is yet')
})

test('A film of which more comes, or whose length nobody knows, is never over by its length', (t) => {
  const atEdge = { ...stopped, moment: 5.9, at: 5.9 }
  t.is(standing({ ...atEdge, live: true }), 'running')
  t.is(standing({ ...atEdge, live: true, moment: 7 }), 'to-come')
  t.is(standing({ ...atEdge, seconds: null }), 'running')
  t.is(standing({ ...atEdge, seconds: null, ended: true }), 'over')
})

test('Nothing waits for a film that cannot be shown', (t) => {
  t.is(standing({ ...stopped, at: 0, failed: true }), 'over')
})

test('The clock runs with films, alone to the next of them, and ends behind the last', (t) => {
  t.is(clockOf(['over', 'running', 'to-come']), 'with-films')
  t.is(clockOf(['over', 'to-come']), 'alone')
  t.is(clockOf(['over', 'over']), 'ended')
  t.is(clockOf([]), 'with-films', 'none is there yet')
})
