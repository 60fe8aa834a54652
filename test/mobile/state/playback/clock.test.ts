import test from 'brittle'
import { align, jumpsIn, secondsOf, wallOf } from '../../../../mobile/ui/state/playback/clock.ts'

const clocks = [
  { seconds: 1, atMs: 11_000, steadyMs: 1000, batteryPercent: null },
  { seconds: 3, atMs: 14_000, steadyMs: 4000, batteryPercent: null }
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

test('A clock that was set is found by the one that nobody can set, within each part', (t) => {
  const parts = [0, 10].map((fromSeconds) => ({
    ...{ recording: '', mime: '', seconds: 10, preEventMs: 0 },
    fromSeconds
  }))
  const at = (seconds: number, atMs: number, steadyMs: number) => ({
    ...{ seconds, atMs, steadyMs },
    batteryPercent: null
  })
  t.alike(jumpsIn({ parts, clocks }), [], 'what was lost is no jump')
  const set = [at(2, 2000, 500), at(4, 3_604_000, 2500), at(6, 6000, 4500), at(8, 9900, 6500)]
  t.alike(jumpsIn({ parts, clocks: set }), [4, 6], 'forward, and back')
  t.alike(
    jumpsIn({ parts, clocks: [at(9, 9000, 99_000), at(11, 11_000, 400)] }),
    [],
    'started anew'
  )
  t.alike(jumpsIn({ parts, clocks: [] }), [])
})
