// Feeding a splitter and building containers by hand, for the tests of core/media.

import b4a from 'b4a'
import type { TemoinError } from '../../../core/errors.ts'
import {
  MediaSplitter,
  type MediaEnd,
  type MediaSplitterOptions
} from '../../../core/media/splitter.ts'
import type { MediaDescription, MediaFragment, MediaItem } from '../../../core/media/types.ts'
import { refusalOf } from '../refused.ts'

export interface Split {
  items: MediaItem[]
  inits: { description: MediaDescription; data: Uint8Array }[]
  fragments: MediaFragment[]
  end: MediaEnd | null
  error: TemoinError | null
}

export interface SplitOptions extends MediaSplitterOptions {
  /** Length of the next piece fed. @default everything at once */
  pieceBytes?: (left: number) => number
}

/** Feeds all of `bytes` in pieces. Any error that is not a TemoinError is thrown on. */
export function split(bytes: Uint8Array, options: SplitOptions = {}): Split {
  const { pieceBytes = (left: number) => left, ...rest } = options
  const splitter = new MediaSplitter(rest)
  const items: MediaItem[] = []
  let end: MediaEnd | null = null
  const error = refusalOf(() => {
    for (let offset = 0; offset < bytes.byteLength;) {
      const next = offset + Math.max(1, pieceBytes(bytes.byteLength - offset))
      items.push(...splitter.push(bytes.subarray(offset, next)))
      offset = next
    }
    end = splitter.end()
    items.push(...end.items)
  })
  return { ...sorted(items), end, error }
}

/** What the items carry, put together. */
export function bytesOf(items: MediaItem[]): Uint8Array {
  return b4a.concat(items.map((item) => (item.kind === 'init' ? item.data : item.fragment.data)))
}

function sorted(items: MediaItem[]): Pick<Split, 'items' | 'inits' | 'fragments'> {
  const inits = items.filter((item) => item.kind === 'init')
  const fragments = items.filter((item) => item.kind === 'fragment').map((item) => item.fragment)
  return { items, inits, fragments }
}

/** An MP4 box. */
export function box(type: string, ...body: Uint8Array[]): Uint8Array {
  const content = b4a.concat(body)
  return b4a.concat([u32(8 + content.byteLength), b4a.from(type), content])
}

/** An EBML element; `bytes` null writes the size as unknown. */
export function element(id: number, ...body: Uint8Array[]): Uint8Array {
  const content = b4a.concat(body)
  const size = u32(content.byteLength)
  size[0]! |= 0x10
  return b4a.concat([elementId(id), size, content])
}

/** The start of an EBML element whose end is not known. */
export function openElement(id: number): Uint8Array {
  return b4a.concat([elementId(id), b4a.from([0x01, 255, 255, 255, 255, 255, 255, 255])])
}

export function u16(value: number): Uint8Array {
  return b4a.from([(value >> 8) & 0xff, value & 0xff])
}

export function u32(value: number): Uint8Array {
  return b4a.concat([u16(Math.floor(value / 0x10000)), u16(value & 0xffff)])
}

function elementId(id: number): Uint8Array {
  const bytes = u32(id)
  const first = bytes.findIndex((byte) => byte !== 0)
  return bytes.subarray(first)
}
