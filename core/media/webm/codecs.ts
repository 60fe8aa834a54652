// Codec string of a WebM track, out of its CodecID and CodecPrivate (RFC 9559 and the Matroska codec
// registry). Null where it is not one whose string we can tell.

import { aac, av1, avc, hevc } from '../codec-strings.ts'

export function codecOf(codecId: string, codecPrivate: Uint8Array): string | null {
  switch (codecId) {
    case 'V_VP8':
      return 'vp8'
    case 'V_VP9':
      return 'vp9'
    case 'V_AV1':
      return av1(codecPrivate)
    case 'V_MPEG4/ISO/AVC':
      return avc(codecPrivate)
    case 'V_MPEGH/ISO/HEVC':
      return hevc(codecPrivate)
    case 'A_OPUS':
      return 'opus'
    case 'A_VORBIS':
      return 'vorbis'
    case 'A_FLAC':
      return 'flac'
    case 'A_AAC':
      return aac(codecPrivate)
    default:
      return null
  }
}
