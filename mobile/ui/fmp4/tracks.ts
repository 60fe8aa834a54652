// What the writer must know of a picture and of a sound. Types and numbers only.

export interface VideoTrack {
  kind: 'video'
  /** As the encoder names it: `avc1.42e01f`, `vp09.00.31.08`, `av01.0.05M.08`. */
  codec: string
  width: number
  height: number
  /** The codec's own configuration (avcC, av1C); null where it is told by the name (VP9). */
  description: Uint8Array | null
}

export interface AudioTrack {
  kind: 'audio'
  codec: 'opus'
  channels: number
  /** Of the input: Opus itself always counts in 48 000 a second. */
  sampleRate: number
  /** An OpusHead, or null: then one is made. */
  description: Uint8Array | null
}

export type Track = VideoTrack | AudioTrack

/** Ticks a second: microseconds for pictures, as encoders count them; Opus its own 48 000. */
export const VIDEO_TIMESCALE = 1_000_000
export const AUDIO_TIMESCALE = 48_000

export function timescaleOf(track: Track): number {
  return track.kind === 'video' ? VIDEO_TIMESCALE : AUDIO_TIMESCALE
}

/** One encoded picture or packet of sound. */
export interface Sample {
  kind: Track['kind']
  /** Since the film began. */
  ptsUs: number
  durationUs: number
  key: boolean
  data: Uint8Array
}
