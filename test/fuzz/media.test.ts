// Hostile media: real clips with bytes flipped, sizes forged, parts cut out, repeated and swapped.
// Whatever comes in, the splitter ends, fails only in its own words, holds no more than it may, and
// hands out nothing but the input, in order. A failure names the seed that repeats it.

import b4a from 'b4a'
import test from 'brittle'
import { TemoinError } from '../../core/errors.ts'
import { MediaSplitter } from '../../core/media/splitter.ts'
import type { MediaItem } from '../../core/media/types.ts'
import { fixture, type FixtureName } from '../helpers/films/clip.ts'
import { split } from '../helpers/films/media.ts'
import { seeded, type Random } from '../helpers/random.ts'

const INPUTS_PER_CLIP = 5_000
const MAX_FRAGMENT_BYTES = 40_000
const CLIP_BYTES = 24_000

// Values at which sizes, counts and times are most likely to be misread.
const EDGES = [0, 1, 7, 8, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff]

const CLIPS: FixtureName[] = [
  'clip-h264-opus.mp4',
  'chromium.mp4',
  'clip-vp8-opus.webm',
  'chromium.webm'
]

for (const [index, name] of CLIPS.entries()) {
  test(`${INPUTS_PER_CLIP} damaged forms of ${name} do no harm`, (t) => {
    const clip = fixture(name)
    const places = structure(clip)
    const reached = { whole: 0, damaged: 0, unsupported: 0 }
    for (let i = 0; i < INPUTS_PER_CLIP; i++) {
      const seed = index * INPUTS_PER_CLIP + i
      const random = seeded(seed)
      const input = mutate(clip.subarray(0, CLIP_BYTES), places, random)
      const outcome = feed(input, random)
      if (outcome.complaint) t.fail(`seed ${seed}: ${outcome.complaint}`)
      reached[outcome.ending]++
    }
    t.comment(JSON.stringify(reached))
    t.ok(reached.whole > 100 && reached.damaged > 100, 'both endings are tried')
    t.ok(reached.unsupported > 0, 'and so is refusal')
  })
}

interface Outcome {
  ending: 'whole' | 'damaged' | 'unsupported'
  complaint: string | null
}

function feed(input: Uint8Array, random: Random): Outcome {
  const splitter = new MediaSplitter({ maxFragmentBytes: MAX_FRAGMENT_BYTES })
  const taken = { bytes: 0, complaint: null as string | null }
  try {
    for (let offset = 0; offset < input.byteLength;) {
      const piece = input.subarray(offset, offset + 1 + random.int(8_000))
      offset += piece.byteLength
      splitter.push(piece).forEach((item) => check(item, input, taken))
      if (random.int(8) === 0) splitter.flush().forEach((item) => check(item, input, taken))
    }
    const { items, leftoverBytes } = splitter.end()
    items.forEach((item) => check(item, input, taken))
    if (taken.bytes + leftoverBytes !== input.byteLength) taken.complaint ??= 'bytes are missing'
    return { ending: 'whole', complaint: taken.complaint }
  } catch (err) {
    return { ending: endingOf(err), complaint: taken.complaint }
  }
}

function endingOf(err: unknown): 'damaged' | 'unsupported' {
  if (TemoinError.is(err, 'MEDIA_DAMAGED')) return 'damaged'
  if (TemoinError.is(err, 'MEDIA_UNSUPPORTED')) return 'unsupported'
  throw err
}

function check(
  item: MediaItem,
  input: Uint8Array,
  taken: { bytes: number; complaint: string | null }
): void {
  const data = item.kind === 'init' ? item.data : item.fragment.data
  const expected = input.subarray(taken.bytes, taken.bytes + data.byteLength)
  if (!b4a.equals(data, expected)) taken.complaint ??= `not the input at ${taken.bytes}`
  if (data.byteLength === 0) taken.complaint ??= 'an empty item'
  taken.bytes += data.byteLength
  if (item.kind === 'init') return
  const { ptsUs, durationUs } = item.fragment
  if (data.byteLength > MAX_FRAGMENT_BYTES) taken.complaint ??= 'a fragment over the limit'
  const sound = [ptsUs, durationUs].every((time) => Number.isSafeInteger(time) && time >= 0)
  if (!sound) taken.complaint ??= `an impossible time: ${ptsUs} ${durationUs}`
}

// Where parsers look: in the init, and at the start of each fragment.
function structure(clip: Uint8Array): number[] {
  const places: number[] = []
  let offset = 0
  for (const item of split(clip, { fragmentMs: 0 }).items) {
    const data = item.kind === 'init' ? item.data : item.fragment.data
    const looked = item.kind === 'init' ? data.byteLength : Math.min(300, data.byteLength)
    for (let i = 0; i < looked; i++) places.push(offset + i)
    offset += data.byteLength
  }
  return places.filter((place) => place < CLIP_BYTES)
}

function mutate(clip: Uint8Array, places: number[], random: Random): Uint8Array {
  let bytes = b4a.from(clip)
  const rounds = 1 + random.int(3)
  for (let i = 0; i < rounds; i++) {
    const at = random.int(4) === 0 ? random.int(bytes.byteLength) : random.pick(places)
    if (bytes.byteLength < 16) break
    bytes = random.pick(MUTATIONS)(bytes, Math.min(at, bytes.byteLength - 8), random)
  }
  return bytes
}

type Mutation = (bytes: Uint8Array, at: number, random: Random) => Uint8Array

const MUTATIONS: Mutation[] = [
  function flipBit(bytes, at, random) {
    bytes[at]! ^= 1 << random.int(8)
    return bytes
  },
  function setByte(bytes, at, random) {
    bytes[at] = random.int(256)
    return bytes
  },
  function forgeNumber(bytes, at, random) {
    new DataView(bytes.buffer, bytes.byteOffset).setUint32(at, random.pick(EDGES))
    return bytes
  },
  function cutOff(bytes, at) {
    return bytes.subarray(0, Math.max(16, at))
  },
  function cutOut(bytes, at, random) {
    return b4a.concat([bytes.subarray(0, at), bytes.subarray(at + random.int(2_000))])
  },
  function repeat(bytes, at, random) {
    const again = bytes.subarray(at, at + random.int(2_000))
    return b4a.concat([bytes.subarray(0, at), again, bytes.subarray(at)])
  },
  function insertNoise(bytes, at, random) {
    return b4a.concat([bytes.subarray(0, at), random.bytes(random.int(200)), bytes.subarray(at)])
  },
  function blank(bytes, at, random) {
    return bytes.fill(0, at, Math.min(at + random.int(400), bytes.byteLength))
  }
]
