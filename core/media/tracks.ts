// What both containers say of their tracks, and what that makes the media as a whole.

import type { MediaDescription } from './types.ts'

export interface Track {
  id: number
  kind: 'video' | 'audio' | 'other'
  /** As players name it (RFC 6381); null where it cannot be told. */
  codec: string | null
}

// More than this is no film, and would only make a long name.
const MAX_NAMED = 8

/** The track whose time counts: the first video track, else the first one. */
export function mainTrack<T extends Track>(tracks: T[]): T | null {
  return tracks.find((track) => track.kind === 'video') ?? tracks[0] ?? null
}

/**
 * Codecs are named all or not at all, since players take half a list for a wrong one.
 *
 * @param subtype of the MIME type: `mp4`, `webm`, `x-matroska`
 * @param declared what the source says of itself, taken only where the bytes do not tell
 */
export function describe(
  tracks: Track[],
  subtype: string,
  declared: string | null
): MediaDescription {
  const container = subtype === 'mp4' ? 'mp4' : 'webm'
  const type = `${mainTrack(tracks)?.kind === 'audio' ? 'audio' : 'video'}/${subtype}`
  const codecs = codecList(tracks)
  if (codecs) return { container, mime: `${type}; codecs="${codecs}"` }
  const declaredType = declared?.split(';')[0]!.trim().toLowerCase()
  return { container, mime: declaredType === type ? declared! : type }
}

// Video first, as is the custom.
function codecList(tracks: Track[]): string | null {
  const video = tracks.filter((track) => track.kind === 'video')
  const audio = tracks.filter((track) => track.kind === 'audio')
  const codecs = [...video, ...audio].map((track) => track.codec)
  if (codecs.length === 0 || codecs.length > MAX_NAMED || codecs.includes(null)) return null
  return codecs.join(',')
}
