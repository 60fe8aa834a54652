// The moof box (ISO 14496-12, 8.8): when its samples are shown, and whether one can start there.
// Never loops on a count that the bytes of the box do not back.

import { damaged, i32, u32, u64 } from '../bytes.ts'
import type { Span } from '../grouping.ts'
import { boxes, child } from './box.ts'
import { isLong, type Mp4Track } from './init.ts'

const NOT_SYNC = 0x10000

interface Fields {
  duration: number
  flags: number
}

/** In ticks of the track. */
interface Run {
  start: number
  end: number
  /** Decode time behind its last sample. */
  next: number
  flags: number
}

/**
 * One span per track fragment that has samples; tracks the header did not name are left out.
 *
 * @param nextTicks decode time at which each track goes on, for fragments that do not say (no tfdt);
 * written to
 */
export function parseMoof(
  moof: Uint8Array,
  tracks: Map<number, Mp4Track>,
  nextTicks: Map<number, number>
): Span[] {
  const spans: Span[] = []
  for (const box of boxes(moof)) {
    if (box.type !== 'traf') continue
    const span = parseTraf(box.body, tracks, nextTicks)
    if (span) spans.push(span)
  }
  return spans
}

function parseTraf(
  traf: Uint8Array,
  tracks: Map<number, Mp4Track>,
  nextTicks: Map<number, number>
): Span | null {
  const tfhd = child(traf, 'tfhd')
  if (!tfhd) throw damaged('a fragment does not name its track')
  const track = tracks.get(u32(tfhd, 4))
  if (!track) return null
  const fields = defaultsOf(tfhd, track)
  const runs: Run[] = []
  let decode = decodeTime(traf) ?? nextTicks.get(track.id) ?? 0
  for (const box of boxes(traf)) {
    const run = box.type === 'trun' ? parseTrun(box.body, decode, fields) : null
    if (run) runs.push(run)
    decode = run?.next ?? decode
  }
  nextTicks.set(track.id, decode)
  return runs.length === 0 ? null : spanOf(track, runs)
}

function spanOf(track: Mp4Track, runs: Run[]): Span {
  const key = (runs[0]!.flags & NOT_SYNC) === 0
  const start = runs.reduce((least, run) => Math.min(least, run.start), Infinity)
  const end = runs.reduce((most, run) => Math.max(most, run.end), 0)
  return { track: track.id, key, ...spanUs(track, start, end) }
}

/** Before zero lies what an edit list cuts off: it is not shown, and counts as zero. */
export function spanUs(
  track: Mp4Track,
  start: number,
  end: number
): { startUs: number; endUs: number } {
  const startUs = toUs(Math.max(0, start), track.timescale)
  return { startUs, endUs: Math.max(startUs, toUs(Math.max(0, end), track.timescale)) }
}

function toUs(ticks: number, timescale: number): number {
  const us = Math.round((ticks * 1e6) / timescale)
  if (!Number.isSafeInteger(us)) throw damaged('a fragment claims an impossible time')
  return us
}

function decodeTime(traf: Uint8Array): number | null {
  const tfdt = child(traf, 'tfdt')
  if (!tfdt) return null
  return isLong(tfdt) ? u64(tfdt, 4) : u32(tfdt, 4)
}

// Optional fields come in the order of their flags (8.8.7.1).
function defaultsOf(tfhd: Uint8Array, track: Mp4Track): Fields {
  const flags = u32(tfhd, 0)
  const fields = { duration: track.defaultDuration, flags: track.defaultFlags }
  let offset = 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0)
  if (flags & 0x8) fields.duration = u32(tfhd, offset)
  offset += (flags & 0x8 ? 4 : 0) + (flags & 0x10 ? 4 : 0)
  if (flags & 0x20) fields.flags = u32(tfhd, offset)
  return fields
}

interface TrunLayout {
  first: number
  count: number
  stride: number
  hasDuration: boolean
  /** Where in a sample its composition offset is, -1 where it has none. */
  composition: number
}

function parseTrun(trun: Uint8Array, decode: number, defaults: Fields): Run | null {
  const layout = trunLayout(trun)
  const { first, count, stride, hasDuration, composition } = layout
  if (count === 0) return null
  if (first + count * stride > trun.byteLength) throw damaged('a fragment claims too many samples')
  const flags = firstFlags(trun, layout) ?? defaults.flags
  if (!hasDuration && composition < 0) {
    const end = decode + count * defaults.duration
    return { start: decode, end, next: end, flags }
  }
  const run: Run = { start: Infinity, end: 0, next: decode, flags }
  for (let offset = first; offset < first + count * stride; offset += stride) {
    const duration = hasDuration ? u32(trun, offset) : defaults.duration
    const shown = run.next + (composition < 0 ? 0 : i32(trun, offset + composition))
    run.start = Math.min(run.start, shown)
    run.end = Math.max(run.end, shown + duration)
    run.next += duration
  }
  return run
}

// Optional fields come in the order of their flags (8.8.8.1), first for the run, then per sample.
function trunLayout(trun: Uint8Array): TrunLayout {
  const flags = u32(trun, 0)
  const field = (mask: number) => (flags & mask ? 4 : 0)
  const before = field(0x100) + field(0x200) + field(0x400)
  return {
    first: 8 + field(0x1) + field(0x4),
    count: u32(trun, 4),
    stride: before + field(0x800),
    hasDuration: (flags & 0x100) !== 0,
    composition: flags & 0x800 ? before : -1
  }
}

function firstFlags(trun: Uint8Array, { first }: TrunLayout): number | null {
  const flags = u32(trun, 0)
  if (flags & 0x4) return u32(trun, first - 4)
  if (!(flags & 0x400)) return null
  return u32(trun, first + (flags & 0x100 ? 4 : 0) + (flags & 0x200 ? 4 : 0))
}
