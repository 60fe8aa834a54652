// The init segment: what a player must know before the first fragment (ISO 14496-12, 8.2). The same
// tracks always give the same bytes: no time of making, nothing of the device.

import { box, fullBox, letters, u16, u32, zeros } from './box.ts'
import { sampleEntry } from './sample-entries.ts'
import { timescaleOf, type Track } from './tracks.ts'

const MATRIX = [0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].flatMap(u32)
const ENABLED_IN_MOVIE = 3
/** ISO 639-2 `und`, five bits a letter. */
const UNDETERMINED = 0x55c4
const MOVIE_TIMESCALE = 1000

/** Track numbers are places in `tracks`, from 1. */
export function initSegment(tracks: readonly Track[]): Uint8Array {
  const brands = ['iso6', 'cmfc', 'mp41'].flatMap(letters)
  const ftyp = box('ftyp', letters('iso6'), u32(0), brands)
  const traks = tracks.map((track, index) => trak(track, index + 1))
  const mvex = box('mvex', ...tracks.map((_, index) => trex(index + 1)))
  const moov = box('moov', mvhd(tracks.length + 1), ...traks, mvex)
  const whole = new Uint8Array(ftyp.byteLength + moov.byteLength)
  whole.set(ftyp)
  whole.set(moov, ftyp.byteLength)
  return whole
}

function mvhd(nextTrack: number): Uint8Array {
  const times = [...u32(0), ...u32(0), ...u32(MOVIE_TIMESCALE), ...u32(0)]
  const rateAndVolume = [...u32(0x10000), ...u16(0x100), ...zeros(10)]
  return fullBox('mvhd', {}, times, rateAndVolume, MATRIX, zeros(24), u32(nextTrack))
}

function trak(track: Track, id: number): Uint8Array {
  const timescale = u32(timescaleOf(track))
  const mdhd = fullBox('mdhd', {}, u32(0), u32(0), timescale, u32(0), u16(UNDETERMINED), u16(0))
  return box('trak', tkhd(track, id), box('mdia', mdhd, hdlr(track), minf(track)))
}

function tkhd(track: Track, id: number): Uint8Array {
  const { width, height } = track.kind === 'video' ? track : { width: 0, height: 0 }
  const volume = track.kind === 'audio' ? 0x100 : 0
  const times = [...u32(0), ...u32(0), ...u32(id), ...u32(0), ...u32(0)]
  const layer = [...zeros(8), ...u16(0), ...u16(0), ...u16(volume), ...u16(0)]
  const size = [...u32(width * 0x10000), ...u32(height * 0x10000)]
  return fullBox('tkhd', { flags: ENABLED_IN_MOVIE }, times, layer, MATRIX, size)
}

function hdlr(track: Track): Uint8Array {
  const [handler, name] = track.kind === 'video' ? ['vide', 'Video'] : ['soun', 'Audio']
  return fullBox('hdlr', {}, u32(0), letters(handler!), zeros(12), letters(name!), [0])
}

function minf(track: Track): Uint8Array {
  const head =
    track.kind === 'video' ? fullBox('vmhd', { flags: 1 }, zeros(8)) : fullBox('smhd', {}, zeros(4))
  const here = fullBox('url ', { flags: 1 })
  const dinf = box('dinf', fullBox('dref', {}, u32(1), here))
  return box('minf', head, dinf, stbl(track))
}

/** Empty tables: the samples stand in the fragments. */
function stbl(track: Track): Uint8Array {
  const stsd = fullBox('stsd', {}, u32(1), sampleEntry(track))
  const tables = ['stts', 'stsc', 'stco'].map((name) => fullBox(name, {}, u32(0)))
  return box('stbl', stsd, ...tables, fullBox('stsz', {}, u32(0), u32(0)))
}

function trex(id: number): Uint8Array {
  return fullBox('trex', {}, u32(id), u32(1), u32(0), u32(0), u32(0))
}
