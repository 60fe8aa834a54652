import b4a from 'b4a'
import test from 'brittle'
import { circleTag, deviceTag } from '../../core/recording/tags.ts'

const [key, other, circle, recording] = [1, 2, 3, 4].map((n) => b4a.alloc(32, n)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
  Uint8Array
]

test('A tag differs from recording to recording: a relay cannot tell two films are of one person', (t) => {
  t.unlike(circleTag(key, circle, recording), circleTag(key, circle, other))
  t.unlike(deviceTag(key, circle, recording), deviceTag(key, circle, other))
})

test('A tag cannot be made without the circle’s key', (t) => {
  t.unlike(circleTag(key, circle, recording), circleTag(other, circle, recording))
  t.unlike(deviceTag(key, circle, recording), deviceTag(other, circle, recording))
})

test('A member makes the same tag again', (t) => {
  t.alike(deviceTag(key, circle, recording), deviceTag(key, circle, recording))
})

test('The tag of a circle is never that of a device', (t) => {
  t.unlike(circleTag(key, circle, recording), deviceTag(key, circle, recording))
})
