// The head of a WebM or Matroska file (RFC 9559): how its tracks are numbered, what they hold, and
// how time is counted.

import { damaged, latin1 } from '../bytes.ts'
import type { Track } from '../tracks.ts'
import { unsupported } from '../unsupported.ts'
import { codecOf } from './codecs.ts'
import { elements, number } from './ebml.ts'

export interface WebmTrack extends Track {
  /** Length of one frame, 0 where it is not said. */
  frameUs: number
}

const DOC_TYPE = 0x4282
const TIMESTAMP_SCALE = 0x2ad7b1
const TRACK_ENTRY = 0xae
const TRACK_NUMBER = 0xd7
const TRACK_TYPE = 0x83
const CODEC_ID = 0x86
const CODEC_PRIVATE = 0x63a2
const DEFAULT_DURATION = 0x23e383

/** `webm` or `matroska`; MEDIA_UNSUPPORTED for any other use of EBML. */
export function parseDocType(ebml: Uint8Array): 'webm' | 'matroska' {
  for (const element of elements(ebml)) {
    if (element.id !== DOC_TYPE) continue
    const type = latin1(element.body).replace(/\0+$/, '')
    if (type === 'webm' || type === 'matroska') return type
  }
  throw unsupported('unknown')
}

/** Nanoseconds a tick of cluster and block times. */
export function parseTimestampScale(info: Uint8Array): number {
  for (const element of elements(info)) {
    if (element.id !== TIMESTAMP_SCALE) continue
    const scale = number(element.body)
    if (scale === 0) throw damaged('the header counts no time')
    return scale
  }
  return 1_000_000
}

export function parseTracks(body: Uint8Array): WebmTrack[] {
  const tracks: WebmTrack[] = []
  for (const element of elements(body)) {
    if (element.id === TRACK_ENTRY) tracks.push(parseTrack(element.body))
  }
  if (tracks.length === 0) throw damaged('the header names no track')
  return tracks
}

function parseTrack(entry: Uint8Array): WebmTrack {
  const fields = new Map<number, Uint8Array>()
  for (const element of elements(entry)) fields.set(element.id, element.body)
  const value = (id: number) => number(fields.get(id) ?? new Uint8Array(0))
  const kind = ([null, 'video', 'audio'] as const)[value(TRACK_TYPE)] ?? 'other'
  const codecId = latin1(fields.get(CODEC_ID) ?? new Uint8Array(0))
  const codec = codecOf(codecId, fields.get(CODEC_PRIVATE) ?? new Uint8Array(0))
  return { id: value(TRACK_NUMBER), kind, codec, frameUs: value(DEFAULT_DURATION) / 1000 }
}
