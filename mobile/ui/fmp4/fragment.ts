// One fragment: a moof that says when its samples are shown, and a mdat that holds them (ISO 14496-12,
// 8.8). Stands by itself behind the init segment. Each track says where it begins (tfdt), so a fragment
// that is lost costs only itself.

import { box, fullBox, u32, u64, type Part } from './box.ts'
import { timescaleOf, type Sample, type Track } from './tracks.ts'

const DEFAULT_BASE_IS_MOOF = 0x20000
const OFFSET_DURATION_SIZE_FLAGS = 0x701
const SYNC = 0x2000000
const NOT_SYNC = 0x1010000
const MDAT_HEAD_BYTES = 8

/**
 * @param tracks as in the init segment
 * @param samples of all tracks, each track's in order of decoding
 * @param sequence counts up, from 1
 */
export function fragment(
  tracks: readonly Track[],
  samples: readonly Sample[],
  sequence: number
): Uint8Array {
  const runs = tracks
    .map((track, index) => ({ track, id: index + 1, samples: samplesOf(track, samples) }))
    .filter((run) => run.samples.length > 0)
  // Its own length does not change with the offsets in it: made twice, the second time with the right ones.
  const moofBytes = moof(runs, sequence, 0).byteLength
  const head = moof(runs, sequence, moofBytes + MDAT_HEAD_BYTES)
  const mdat = box('mdat', ...runs.flatMap((run) => run.samples.map(({ data }) => data)))
  const whole = new Uint8Array(head.byteLength + mdat.byteLength)
  whole.set(head)
  whole.set(mdat, head.byteLength)
  return whole
}

interface Run {
  track: Track
  id: number
  samples: Sample[]
}

function samplesOf(track: Track, samples: readonly Sample[]): Sample[] {
  return samples.filter(({ kind }) => kind === track.kind)
}

function moof(runs: readonly Run[], sequence: number, firstOffset: number): Uint8Array {
  let offset = firstOffset
  const trafs = runs.map((run) => {
    const made = traf(run, offset)
    offset += run.samples.reduce((sum, { data }) => sum + data.byteLength, 0)
    return made
  })
  return box('moof', fullBox('mfhd', {}, u32(sequence)), ...trafs)
}

function traf({ track, id, samples }: Run, offset: number): Uint8Array {
  const timescale = timescaleOf(track)
  const start = ticks(samples[0]!.ptsUs, timescale)
  const tfhd = fullBox('tfhd', { flags: DEFAULT_BASE_IS_MOOF }, u32(id))
  const tfdt = fullBox('tfdt', { version: 1 }, u64(start))
  const rows = rowsOf(samples, start, timescale)
  const count = u32(samples.length)
  return box(
    'traf',
    tfhd,
    tfdt,
    fullBox('trun', { flags: OFFSET_DURATION_SIZE_FLAGS }, count, u32(offset), rows)
  )
}

/** Each sample lasts until the next begins, so that rounding never adds up. */
function rowsOf(samples: readonly Sample[], start: number, timescale: number): Part {
  let at = start
  return samples.map(({ data, key }, index) => {
    const next = ticks(endUs(samples, index), timescale)
    const duration = Math.max(1, next - at)
    at += duration
    return [...u32(duration), ...u32(data.byteLength), ...u32(key ? SYNC : NOT_SYNC)]
  })
}

function endUs(samples: readonly Sample[], index: number): number {
  const { ptsUs, durationUs } = samples[index]!
  return samples[index + 1]?.ptsUs ?? ptsUs + durationUs
}

function ticks(us: number, timescale: number): number {
  return Math.max(0, Math.round((us * timescale) / 1_000_000))
}
