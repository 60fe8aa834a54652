import test from 'brittle'
import type { Entry } from '../../core/encoding/recording/entry.ts'
import { Timeline } from '../../core/recording/timeline.ts'
import { fragment } from '../helpers/films/recorder.ts'

const note: Entry = { kind: 'note', body: { text: 'x', atMs: 0 } }
const seal = {
  kind: 'seal',
  body: {
    length: 3,
    treeHash: new Uint8Array(32),
    sha256: new Uint8Array(32),
    mediaBytes: 0,
    endedAtMs: 0,
    reason: 'stopped'
  }
} satisfies Entry

/** A timeline of the entries after block 0. */
function timeline(...entries: Entry[]): Timeline {
  const made = new Timeline()
  for (const entry of entries) made.add(entry)
  return made
}

test('Seconds grow with the media that blocks hold, and with nothing else', (t) => {
  const line = timeline(fragment(0), note, fragment(1), note)
  const seconds = [0, 1, 2, 3, 4, 5, 99].map((length) => line.secondsAt(length))
  t.alike(seconds, [0, 0, 0.25, 0.25, 0.5, 0.5, 0.5])
  t.is(line.length, 5)
})

test('A film that does not start at zero starts at its first fragment', (t) => {
  const late = timeline(fragment(0, { ptsUs: 5_000_000 }), fragment(1, { ptsUs: 5_250_000 }))
  t.is(late.secondsAt(3), 0.5)
  const early = timeline(fragment(0, { ptsUs: -21_333 }), fragment(1, { ptsUs: 228_667 }))
  t.is(early.secondsAt(3), 0.5)
})

test('A fragment that goes back in time takes nothing away', (t) => {
  const line = timeline(fragment(4), fragment(8), fragment(5))
  t.is(line.secondsAt(4), line.secondsAt(3))
})

test('A gap counts as time once the film goes on after it', (t) => {
  const gap: Entry = { kind: 'gap', body: { fromUs: 250_000, toUs: 2_000_000, reason: 'lost' } }
  const line = timeline(fragment(0), gap, fragment(8))
  t.alike(
    [2, 3, 4].map((length) => line.secondsAt(length)),
    [0.25, 0.25, 2.25]
  )
})

test('The block for a moment is the first whose media ends after it', (t) => {
  const line = timeline(fragment(0), note, fragment(1), fragment(2), note)
  const table: [number, number][] = [
    [-1, 0],
    [0, 1],
    [0.2, 1],
    [0.25, 3],
    [0.3, 3],
    [0.5, 4],
    [0.7, 4],
    [0.75, 5],
    [100, 5]
  ]
  for (const [seconds, index] of table) t.is(line.indexAt(seconds), index, `${seconds} s`)
})

test('A recording with nothing but a header holds no time', (t) => {
  const line = new Timeline()
  t.is(line.secondsAt(1), 0)
  t.is(line.secondsAt(0), 0)
  t.is(line.indexAt(0), 0)
})

test('The seal is known once its block is', (t) => {
  const line = timeline(fragment(0))
  t.is(line.seal, null)
  line.add(seal)
  t.alike(line.seal, seal.body)
})
