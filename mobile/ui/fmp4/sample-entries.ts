// How a codec is named and configured in the header (stsd): H.264 and AV1 by their own record, VP9 by
// the fields of its name, Opus by its OpusHead turned into dOps.

import { box, fullBox, letters, u16, u32, zeros, type Part } from './box.ts'
import { AUDIO_TIMESCALE, type AudioTrack, type Track, type VideoTrack } from './tracks.ts'

const DPI_72 = 0x480000
const BITS_PER_SAMPLE = 16
const DEPTH_24 = 24

/** @throws where the codec is none that the writer knows */
export function sampleEntry(track: Track): Uint8Array {
  return track.kind === 'video' ? visual(track) : opus(track)
}

function visual(track: VideoTrack): Uint8Array {
  const { name, config } = configOf(track)
  const size = [...u16(track.width), ...u16(track.height)]
  const look = [
    ...u32(DPI_72),
    ...u32(DPI_72),
    ...u32(0),
    ...u16(1),
    ...zeros(32),
    ...u16(DEPTH_24)
  ]
  return box(name, zeros(6), u16(1), zeros(16), size, look, u16(0xffff), config)
}

function configOf({ codec, description }: VideoTrack): { name: string; config: Uint8Array } {
  const name = codec.split('.')[0]!
  if (name === 'avc1' && description) return { name, config: box('avcC', description) }
  if (name === 'av01' && description) return { name, config: box('av1C', description) }
  if (name === 'vp09') return { name, config: fullBox('vpcC', { version: 1 }, vp9Config(codec)) }
  throw new Error(`No MP4 can hold ${codec}`)
}

/** `vp09.profile.level.depth` (VP codec ISO media binding): 4:2:0, colours as of BT.709. */
function vp9Config(codec: string): Part {
  const [, profile = 0, level = 31, depth = 8] = codec.split('.').map(Number)
  const CHROMA_420_COLOCATED = 1
  return [profile, level, (depth << 4) | (CHROMA_420_COLOCATED << 1), 1, 1, 1, ...u16(0)]
}

/** Sample rate as 16.16; Chromium refuses one that differs from dOps. */
function opus(track: AudioTrack): Uint8Array {
  const rate = u32(AUDIO_TIMESCALE * 0x10000)
  const fixed: Part = [zeros(6), u16(1), zeros(8), u16(track.channels), u16(BITS_PER_SAMPLE)]
  return box('Opus', fixed, zeros(4), rate, box('dOps', opusConfig(track)))
}

/**
 * OpusHead (RFC 7845, 5.1) is little-endian behind eight letters and a version; dOps (Opus in ISOBMFF,
 * 4.3.2) has the same fields big-endian.
 */
function opusConfig({ channels, description: head }: AudioTrack): Part {
  const isHead = head !== null && head.byteLength >= 19 && head[0] === letters('O')[0]
  const preSkip = isHead ? head[10]! | (head[11]! << 8) : 312
  const gain = isHead ? head[16]! | (head[17]! << 8) : 0
  return [0, channels, ...u16(preSkip), ...u32(AUDIO_TIMESCALE), ...u16(gain), 0]
}
