// MP4 boxes by hand, with just the fields a fragment needs. For the tests of core/media.

import b4a from 'b4a'
import { box, u32 } from './media.ts'

export interface TrackOptions {
  id: number
  handler?: 'vide' | 'soun' | 'meta'
  timescale?: number
  /** Ticks of media described by the moov itself. */
  duration?: number
  defaultDuration?: number
  defaultFlags?: number
}

export interface RunOptions {
  track: number
  /** Decode time of the first sample; left out where undefined. */
  decodeTime?: number | bigint
  samples?: { duration?: number; composition?: number; flags?: number }[]
  /** For runs that say nothing of each sample. */
  count?: number
  firstFlags?: number
  defaultDuration?: number
  defaultFlags?: number
}

export const KEY = 0x02000000
export const NOT_KEY = 0x01010000

export const ftyp: Uint8Array = box('ftyp', b4a.from('iso5'), u32(0), b4a.from('iso5'))

export function moov(tracks: TrackOptions[], { plain = false } = {}): Uint8Array {
  const traks = tracks.map(trak)
  const extends_ = plain ? [] : [box('mvex', ...tracks.map(trex))]
  return box('moov', box('mvhd', b4a.alloc(100)), ...traks, ...extends_)
}

export function moof(...runs: RunOptions[]): Uint8Array {
  return box('moof', box('mfhd', u32(0), u32(1)), ...runs.map(traf))
}

export function mdat(bytes = 16): Uint8Array {
  return box('mdat', b4a.alloc(bytes, 0xda))
}

function trak({ id, handler = 'vide', timescale = 1000, duration = 0 }: TrackOptions): Uint8Array {
  const tkhd = box('tkhd', u32(0), u32(0), u32(0), u32(id), b4a.alloc(68))
  const mdhd = box('mdhd', u32(0), u32(0), u32(0), u32(timescale), u32(duration), u32(0))
  const hdlr = box('hdlr', u32(0), u32(0), b4a.from(handler), b4a.alloc(13))
  return box('trak', tkhd, box('mdia', mdhd, hdlr))
}

function trex({ id, defaultDuration = 0, defaultFlags = 0 }: TrackOptions): Uint8Array {
  return box('trex', u32(0), u32(id), u32(1), u32(defaultDuration), u32(0), u32(defaultFlags))
}

function traf(run: RunOptions): Uint8Array {
  const time = run.decodeTime === undefined ? [] : [tfdt(run.decodeTime)]
  return box('traf', tfhd(run), ...time, trun(run))
}

function tfhd({ track, defaultDuration, defaultFlags }: RunOptions): Uint8Array {
  const flags = (defaultDuration === undefined ? 0 : 0x8) | (defaultFlags === undefined ? 0 : 0x20)
  return box('tfhd', u32(flags), u32(track), optional(defaultDuration), optional(defaultFlags))
}

function tfdt(time: number | bigint): Uint8Array {
  if (typeof time === 'number') return box('tfdt', u32(0), u32(time))
  return box('tfdt', u32(0x01000000), u32(Number(time >> 32n)), u32(Number(time & 0xffffffffn)))
}

function trun({ samples = [], count = samples.length, firstFlags }: RunOptions): Uint8Array {
  const [first = {}] = samples
  let flags = firstFlags === undefined ? 0 : 0x4
  if (first.duration !== undefined) flags |= 0x100
  if (first.flags !== undefined) flags |= 0x400
  if (first.composition !== undefined) flags |= 0x800
  const version = 0x01000000
  const rows = samples.flatMap((sample) => [
    optional(sample.duration),
    optional(sample.flags),
    optional(sample.composition)
  ])
  return box('trun', u32(version | flags), u32(count), optional(firstFlags), ...rows)
}

function optional(value: number | undefined): Uint8Array {
  return value === undefined ? b4a.alloc(0) : u32(value >>> 0)
}
