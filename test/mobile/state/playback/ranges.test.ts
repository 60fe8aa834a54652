import test from 'brittle'
import {
  aheadOf,
  isEnough,
  overTheHole,
  rangeAt,
  toRemove
} from '../../../../mobile/ui/state/playback/ranges.ts'

const two = [
  { start: 0, end: 10 },
  { start: 12, end: 100 }
]

test('A moment that is in the player is shown from there, another has to be fetched', (t) => {
  t.alike(rangeAt(two, 5), two[0])
  t.alike(rangeAt(two, 11.95), two[1], 'a frame before the range')
  t.is(rangeAt(two, 11), null)
  t.is(aheadOf(two, 4), 6)
  t.is(aheadOf(two, 11), 0)
})

test('At a hole playing goes on behind it, and only at a hole', (t) => {
  t.is(overTheHole(two, 9.95), 12)
  t.is(overTheHole(two, 11), 12)
  t.is(overTheHole(two, 5), null)
  t.is(overTheHole(two, 100), null, 'nothing is behind the end')
})

test('Reading stops where enough is ahead, and goes on when it was played', (t) => {
  t.ok(isEnough(two, 60))
  t.absent(isEnough(two, 80))
  t.absent(isEnough(two, 5), 'a hole is near')
})

test('What is long past is thrown away; ahead of the picture nothing is', (t) => {
  t.alike(toRemove([{ start: 0, end: 300 }], 100), [{ start: 0, end: 40 }])
  t.alike(toRemove(two, 50), [])
  t.alike(toRemove([{ start: 0, end: 60 }], 50, true), [{ start: 0, end: 48 }], 'no room left')
})
