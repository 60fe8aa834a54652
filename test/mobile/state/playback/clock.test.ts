import test from 'brittle'
import { align, secondsOf, wallOf } from '../../../../mobile/ui/state/playback/clock.ts'

const clocks = [
  { seconds: 1, atMs: 11_000, batteryPercent: null },
  { seconds: 3, atMs: 14_000, batteryPercent: null }
]

test("A moment's wall clock is that of the nearest checkpoint, and back", (t) => {
  t.is(wallOf(clocks, 0, 1.5), 11_500)
  t.is(wallOf(clocks, 0, 3.5), 14_500, 'a second was lost between the two')
  t.is(secondsOf(clocks, 0, 11_500), 1.5)
  t.is(secondsOf(clocks, 0, 14_500), 3.5)
})

test('Without any checkpoint the announced start is all there is', (t) => {
  t.is(wallOf([], 10_000, 2), 12_000)
  t.is(secondsOf([], 10_000, 12_000), 2)
  t.is(secondsOf([], 10_000, 9000), -1, 'before it began')
})

test('Films are held together by their rate, and by a jump where that would take long', (t) => {
  t.alike(align(5, 5.05), { rate: 1 })
  t.alike(align(5, 5.5), { rate: 1.08 })
  t.alike(align(5.5, 5), { rate: 0.92 })
  t.alike(align(5, 50), { seek: 50 })
})
