// Codec string of an MP4 track, out of the first entry of its sample description (stsd). Never
// fails: a description nobody can name is still recorded.

import { TemoinError } from '../../errors.ts'
import { aac, av1, avc, hevc, vp9 } from '../codec-strings.ts'
import { hex } from '../bytes.ts'
import { boxes, child } from './box.ts'

// Fixed fields before the child boxes of a sample entry (ISO 14496-12, 12.1.3 and 12.2.3).
const VISUAL_BYTES = 78
const AUDIO_BYTES = 28

// Descriptor tags (ISO 14496-1, 7.2.2.1), with the fixed fields before their children.
const DECODER_CONFIG = 4
const DECODER_SPECIFIC = 5
const ES_BYTES = 3
const DECODER_CONFIG_BYTES = 13
const AUDIO_ISO_14496_3 = 0x40

/** Null where the codec is not one whose string we can tell. */
export function codecOf(stsd: Uint8Array, kind: string): string | null {
  if (kind === 'other') return null
  try {
    return nameOf(stsd, kind === 'video' ? VISUAL_BYTES : AUDIO_BYTES)
  } catch (err) {
    if (TemoinError.is(err)) return null
    throw err
  }
}

function nameOf(stsd: Uint8Array, fixedBytes: number): string | null {
  const entry = boxes(stsd.subarray(8)).next().value
  if (!entry) return null
  const config = (type: string) => child(entry.body.subarray(fixedBytes), type) ?? new Uint8Array(0)
  switch (entry.type) {
    case 'avc1':
    case 'avc3':
      return avc(config('avcC'), entry.type)
    case 'hvc1':
    case 'hev1':
      return hevc(config('hvcC'), entry.type)
    case 'vp09':
      return vp9(config('vpcC'))
    case 'av01':
      return av1(config('av1C'))
    case 'mp4a':
      return mpeg4Audio(config('esds'))
    case 'Opus':
      return 'opus'
    case 'fLaC':
      return 'flac'
    default:
      return null
  }
}

function mpeg4Audio(esds: Uint8Array): string | null {
  const stream = descriptor(esds.subarray(4), 3)
  const config = stream && descriptor(stream.subarray(ES_BYTES), DECODER_CONFIG)
  if (!config) return null
  const type = config[0] ?? 0
  if (type !== AUDIO_ISO_14496_3) return `mp4a.${hex(type)}`
  const specific = descriptor(config.subarray(DECODER_CONFIG_BYTES), DECODER_SPECIFIC)
  return specific && aac(specific)
}

// Lengths are written seven bits a byte, the top bit meaning that another follows, four at most.
function descriptor(bytes: Uint8Array, tag: number): Uint8Array | null {
  if (bytes[0] !== tag) return null
  let length = 0
  for (let i = 1; i <= 4; i++) {
    const byte = bytes[i] ?? 0
    length = length * 128 + (byte & 0x7f)
    if (byte < 0x80) return bytes.subarray(i + 1, i + 1 + length)
  }
  return null
}
