import test from 'brittle'
import {
  closesAfter,
  closesBefore,
  extend,
  type Group,
  type Unit
} from '../../core/media/grouping.ts'

const VIDEO = 1
const AUDIO = 2
const policy = { targetUs: 250_000, main: VIDEO }

interface Frame {
  ms: number
  length: number
  track?: number
  opens?: boolean
  access?: boolean
}

test('entries end where they come nearest to 250 ms', (t) => {
  t.alike(entries(run(30, 33)), [8, 8, 8, 6], 'frames at 30 a second: 264 ms')
  t.alike(entries(run(24, 1000 / 24)), [6, 6, 6, 6], 'frames at 24 a second: 250 ms')
  t.alike(entries(run(6, 100)), [2, 2, 2], '200 rather than 300 ms')
  t.alike(entries(run(3, 170)), [1, 1, 1], '170 rather than 340 ms, and at once')
  t.alike(entries(run(2, 160)), [2], '320 rather than 160 ms')
  t.alike(entries(run(3, 1000)), [1, 1, 1], 'longer than the target: whole')
})

test('a key frame begins an entry', (t) => {
  const frames = run(10, 33)
  frames[3]!.access = true
  t.alike(entries(frames), [3, 7])
})

test('where each frame is a key frame, an entry still gathers half its length', (t) => {
  const frames = run(16, 33).map((frame) => ({ ...frame, access: true }))
  t.alike(entries(frames), [4, 4, 4, 4])
})

test('sound that came before its picture goes with it, where one can start with the sound', (t) => {
  const sound = { ms: 0, length: 20, track: AUDIO }
  const picture = { ms: 0, length: 33, access: true }
  t.alike(entries([sound, picture, ...run(7, 33, 33)]), [9])
  t.alike(entries([{ ...sound, opens: false }, picture, ...run(7, 33, 33)]), [1, 8])
})

test('the picture counts, unless there is none or it stands still', (t) => {
  const sound = run(30, 20).map((frame) => ({ ...frame, track: AUDIO }))
  t.alike(entries(sound.slice(0, 24)), [12, 12], 'none: 240 ms of sound')
  t.alike(entries([{ ms: 0, length: 33 }, ...sound]), [1 + 25, 5], 'still: 500 ms of sound')
})

test('an entry never spans a pause', (t) => {
  t.alike(entries([...run(3, 33), ...run(3, 33, 5000)]), [3, 3])
})

test('a unit without samples changes nothing', (t) => {
  const group = extend(null, { spans: [], opens: true, access: false })
  t.absent(closesBefore(group, unit({ ms: 0, length: 900, access: true }), policy))
  t.absent(closesAfter(group, { spans: [], opens: true, access: false }, policy))
})

test('an entry covers the shown time of its frames, whatever order they come in', (t) => {
  const frames = [0, 100, 33, 67].map((ms) => unit({ ms, length: 33 }))
  const group = frames.reduce<Group | null>((gathered, frame) => extend(gathered, frame), null)
  t.alike(
    [...group!.extents.values()].map(({ startUs, endUs }) => [startUs, endUs]),
    [[0, 133_000]]
  )
})

function run(count: number, length: number, from = 0): Frame[] {
  return Array.from({ length: count }, (_, i) => ({ ms: from + i * length, length }))
}

function unit({ ms, length, track = VIDEO, opens = true, access = false }: Frame): Unit {
  const startUs = Math.round(ms * 1000)
  const endUs = Math.round((ms + length) * 1000)
  return { spans: [{ track, startUs, endUs, key: access }], opens, access }
}

// Number of units in each entry, as the assembler would cut them.
function entries(frames: Frame[]): number[] {
  const counts: number[] = []
  let group: Group | null = null
  let count = 0
  const close = () => {
    if (count > 0) counts.push(count)
    group = null
    count = 0
  }
  for (const next of frames.map(unit)) {
    if (group && closesBefore(group, next, policy)) close()
    group = extend(group, next)
    count++
    if (closesAfter(group, next, policy)) close()
  }
  close()
  return counts
}
