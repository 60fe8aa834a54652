// What encoders give, as the fragment writer takes it.

import type { Sample, VideoTrack } from '../../fmp4/tracks.ts'

/** @param usualUs how long it lasts where the encoder does not say */
export function sampleOf(
  kind: Sample['kind'],
  chunk: EncodedVideoChunk | EncodedAudioChunk,
  usualUs: number
): Sample {
  const data = new Uint8Array(chunk.byteLength)
  chunk.copyTo(data)
  const durationUs = Math.round(chunk.duration || usualUs)
  return { kind, ptsUs: chunk.timestamp, durationUs, key: chunk.type === 'key', data }
}

/** A copy; null where there is none. */
export function bytesOf(source: AllowSharedBufferSource | undefined): Uint8Array | null {
  if (source === undefined) return null
  if (!ArrayBuffer.isView(source)) return new Uint8Array(source.slice(0))
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
}

/** The init segment would be the same. */
export function isSameTrack(a: VideoTrack, b: VideoTrack): boolean {
  const sameSize = a.width === b.width && a.height === b.height && a.codec === b.codec
  return sameSize && `${a.description}` === `${b.description}`
}
