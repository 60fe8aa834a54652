import test from 'brittle'
import { pointAt, trackOf } from '../../../../mobile/ui/state/playback/track.ts'

const accuracyM = 5

test('A way to the north goes up, one to the east goes right, equally long', (t) => {
  const { points } = trackOf([
    { seconds: 0, latitude: 48.85, longitude: 2.35, accuracyM },
    { seconds: 1, latitude: 48.851, longitude: 2.35, accuracyM },
    {
      seconds: 2,
      latitude: 48.851,
      longitude: 2.35 + 0.001 / Math.cos(48.85 * (Math.PI / 180)),
      accuracyM
    }
  ])!
  const [start, north, east] = points as unknown as [Point, Point, Point]
  t.ok(north.y < start.y && Math.abs(north.x - start.x) < 1e-6)
  t.ok(east.x > north.x && Math.abs(east.y - north.y) < 1e-6)
  t.ok(Math.abs((start.y - north.y) / (east.x - north.x) - 1) < 0.01)
})

test('The scale is a round length that fits into the drawing', (t) => {
  for (const spread of [0, 0.0001, 0.01, 1]) {
    const { size, scale } = trackOf([
      { seconds: 0, latitude: 0, longitude: 0, accuracyM },
      { seconds: 1, latitude: spread, longitude: 0, accuracyM }
    ])!
    t.ok(/^[125]0*$/.test(String(scale.metres)), String(scale.metres))
    t.ok(scale.units > size / 9 && scale.units <= size / 3)
  }
})

test('The dot stands at the last place known by then', (t) => {
  const track = trackOf([
    { seconds: 1, latitude: 0, longitude: 0, accuracyM },
    { seconds: 5, latitude: 1, longitude: 0, accuracyM }
  ])!
  t.is(pointAt(track, 0)!.seconds, 1)
  t.is(pointAt(track, 4.9)!.seconds, 1)
  t.is(pointAt(track, 5)!.seconds, 5)
  t.is(trackOf([]), null)
})

type Point = { x: number; y: number }
