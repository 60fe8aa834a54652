// The moov box (ISO 14496-12, 8.2): which tracks there are, how they count time, and the defaults
// their fragments build on. A moov without mvex describes a plain file, which is not for us.

import { damaged, latin1, u32, u64 } from '../bytes.ts'
import { mainTrack, type Track } from '../tracks.ts'
import { unsupported } from '../unsupported.ts'
import { boxes, child, descend } from './box.ts'
import { codecOf } from './codecs.ts'

export interface Mp4Track extends Track {
  /** Ticks a second. */
  timescale: number
  /** Ticks of media described by the moov itself: 0 in a pure init segment. */
  durationTicks: number
  /** Of each sample, unless its fragment says otherwise (trex). */
  defaultDuration: number
  defaultFlags: number
}

export interface Mp4Init {
  tracks: Map<number, Mp4Track>
  main: Mp4Track
}

/** Throws MEDIA_UNSUPPORTED for a plain file, MEDIA_DAMAGED for nonsense. */
export function parseMoov(moov: Uint8Array): Mp4Init {
  const mvex = child(moov, 'mvex')
  if (!mvex) throw unsupported('plain')
  const tracks = new Map<number, Mp4Track>()
  for (const box of boxes(moov)) if (box.type === 'trak') addTrack(tracks, box.body)
  for (const box of boxes(mvex)) if (box.type === 'trex') addDefaults(tracks, box.body)
  const main = mainTrack([...tracks.values()])
  if (!main) throw damaged('the header names no track')
  return { tracks, main }
}

function addTrack(tracks: Map<number, Mp4Track>, trak: Uint8Array): void {
  const tkhd = child(trak, 'tkhd')
  const mdhd = descend(trak, 'mdia', 'mdhd')
  const hdlr = descend(trak, 'mdia', 'hdlr')
  if (!tkhd || !mdhd || !hdlr) throw damaged('a track has no header')
  const kind = kindOf(latin1(hdlr, 8, 4))
  const stsd = descend(trak, 'mdia', 'minf', 'stbl', 'stsd')
  const codec = stsd && codecOf(stsd, kind)
  const id = u32(tkhd, isLong(tkhd) ? 20 : 12)
  tracks.set(id, { id, kind, codec, ...timeOf(mdhd), defaultDuration: 0, defaultFlags: 0 })
}

function timeOf(mdhd: Uint8Array): { timescale: number; durationTicks: number } {
  const long = isLong(mdhd)
  const timescale = u32(mdhd, long ? 20 : 12)
  if (timescale === 0) throw damaged('a track counts no time')
  return { timescale, durationTicks: durationOf(mdhd, long) }
}

// All ones means "not known", in 32 or 64 bits.
function durationOf(mdhd: Uint8Array, long: boolean): number {
  const top = u32(mdhd, long ? 24 : 16)
  if (top === 0xffffffff) return 0
  return long ? u64(mdhd, 24) : top
}

function addDefaults(tracks: Map<number, Mp4Track>, trex: Uint8Array): void {
  const track = tracks.get(u32(trex, 4))
  if (!track) return
  track.defaultDuration = u32(trex, 12)
  track.defaultFlags = u32(trex, 20)
}

/** Version 1 of a full box: times in 64 bits. */
export function isLong(fullBox: Uint8Array): boolean {
  return fullBox[0] === 1
}

function kindOf(handler: string): Mp4Track['kind'] {
  if (handler === 'vide') return 'video'
  return handler === 'soun' ? 'audio' : 'other'
}
