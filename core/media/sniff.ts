// Which container begins here, told from its first eight bytes. Decides; reads nothing further.

import { latin1, u32 } from './bytes.ts'
import { unsupported } from './unsupported.ts'

/** Bytes needed to tell. */
export const SNIFF_BYTES = 8

const EBML_MAGIC = 0x1a45dfa3

// Boxes a file or a cut stream may begin with: anything else is not MP4.
const FIRST_BOXES = 'ftyp styp moov moof mdat free skip wide pdin sidx emsg prft uuid'.split(' ')

/** Throws MEDIA_UNSUPPORTED for everything else: AVI, MPEG-TS, JPEG, text. */
export function sniff(start: Uint8Array): 'mp4' | 'webm' {
  if (start.byteLength < SNIFF_BYTES) throw unsupported(start.byteLength ? 'unknown' : 'empty')
  if (u32(start, 0) === EBML_MAGIC) return 'webm'
  const size = u32(start, 0)
  if (FIRST_BOXES.includes(latin1(start, 4, 4)) && (size < 2 || size >= 8)) return 'mp4'
  throw unsupported('unknown')
}
