// The clips of test/fixtures, and longer ones made of them: the MP4 played over and over, its clock
// and sequence numbers rewritten so that it is one film, padded up to a bit rate where asked.

import b4a from 'b4a'
import { fs, path } from '../../../core/runtime/fs.ts'
import { seeded, type Random } from '../random.ts'
import { root } from '../root.ts'

export type FixtureName =
  'clip-h264-opus.mp4' | 'clip-vp8-opus.webm' | 'chromium.mp4' | 'chromium.webm' | 'plain.mp4'

export const CLIP_SECONDS = 6
/** Longer than any test may take: what is filmed of so much at the pace of life is never over by itself. */
export const ENDLESS_SECONDS = 900
export const CLIP_FRAMES_PER_SECOND = 24
/** Length of every fragment of `clip-h264-opus.mp4`. */
export const CLIP_FRAGMENT_MS = 250

const FREE_HEADER_BYTES = 8

export function fixturePath(name: FixtureName): string {
  return path.join(root, 'test/fixtures', name)
}

export function fixture(name: FixtureName): Uint8Array {
  return fs.readFileSync(fixturePath(name)) as Uint8Array
}

export interface ClipOptions {
  /** Rounded up to whole fragments of 250 ms. */
  seconds: number
  /** Each fragment is padded to this rate with a `free` box of noise; the clip itself is 0.33 Mbit/s. */
  bitsPerSecond?: number
}

/** A playable fragmented MP4 of that length: H.264 and Opus, a key frame each second. */
export function longClip(options: ClipOptions): Uint8Array {
  return b4a.concat([...clipPieces(options)])
}

/** The same as a file in that folder. @returns its path */
export async function longClipIn(dir: string, options: ClipOptions): Promise<string> {
  const file = path.join(dir, 'clip.mp4')
  await fs.promises.writeFile(file, longClip(options) as never)
  return file
}

/** One that is not over before its test is, however slow this machine is: the test itself ends the film. */
export function endlessClipIn(dir: string): Promise<string> {
  return longClipIn(dir, { seconds: 1200 })
}

/**
 * The same, piece by piece: first the init segment, then one fragment (moof and mdat) each 250 ms.
 * For clips that should not be held in memory whole.
 */
export function* clipPieces({ seconds, bitsPerSecond = 0 }: ClipOptions): Generator<Uint8Array> {
  const { init, fragments } = cutClip(fixture('clip-h264-opus.mp4'))
  const random = seeded(1)
  const count = Math.ceil((seconds * 1000) / CLIP_FRAGMENT_MS)
  const targetBytes = Math.ceil((bitsPerSecond * CLIP_FRAGMENT_MS) / 8000)
  yield init
  for (let i = 0; i < count; i++) {
    const fragment = b4a.from(fragments[i % fragments.length]!)
    const lateSeconds = Math.floor(i / fragments.length) * CLIP_SECONDS
    rewrite(fragment, i + 1, lateSeconds, timescales(init))
    yield padded(fragment, targetBytes, random)
  }
}

// `free` goes in front of the moof, so that nothing inside the fragment moves.
function padded(fragment: Uint8Array, targetBytes: number, random: Random): Uint8Array {
  const bytes = targetBytes - fragment.byteLength
  if (bytes < FREE_HEADER_BYTES) return fragment
  const header = b4a.alloc(FREE_HEADER_BYTES)
  view(header).setUint32(0, bytes)
  header.set(b4a.from('free'), 4)
  return b4a.concat([header, random.bytes(bytes - FREE_HEADER_BYTES), fragment])
}

function cutClip(bytes: Uint8Array): { init: Uint8Array; fragments: Uint8Array[] } {
  const fragments: Uint8Array[] = []
  let initBytes = 0
  let start = 0
  for (const box of boxes(bytes, 0, bytes.byteLength)) {
    if (box.type === 'moov') start = initBytes = box.end
    if (box.type !== 'mdat') continue
    fragments.push(bytes.subarray(start, box.end))
    start = box.end
  }
  return { init: bytes.subarray(0, initBytes), fragments }
}

function rewrite(
  fragment: Uint8Array,
  sequence: number,
  lateSeconds: number,
  ticks: Map<number, number>
): void {
  const data = view(fragment)
  for (const box of inside(fragment, ['moof'])) {
    if (box.type === 'mfhd') data.setUint32(box.start + 12, sequence)
    if (box.type !== 'traf') continue
    const parts = [...boxes(fragment, box.start + 8, box.end)]
    const tfhd = parts.find((part) => part.type === 'tfhd')!
    const tfdt = parts.find((part) => part.type === 'tfdt')!
    const late = lateSeconds * ticks.get(data.getUint32(tfhd.start + 12))!
    // Version 1, as ffmpeg writes it: 64 bits.
    data.setBigUint64(tfdt.start + 12, data.getBigUint64(tfdt.start + 12) + BigInt(late))
  }
}

// Ticks a second of each track; version 0 headers, as ffmpeg writes them.
function timescales(init: Uint8Array): Map<number, number> {
  const data = view(init)
  const found = new Map<number, number>()
  for (const trak of inside(init, ['moov'])) {
    if (trak.type !== 'trak') continue
    const parts = [...boxes(init, trak.start + 8, trak.end)]
    const tkhd = parts.find((part) => part.type === 'tkhd')!
    const mdia = parts.find((part) => part.type === 'mdia')!
    const mdhd = [...boxes(init, mdia.start + 8, mdia.end)].find((part) => part.type === 'mdhd')!
    found.set(data.getUint32(tkhd.start + 20), data.getUint32(mdhd.start + 20))
  }
  return found
}

interface BoxRange {
  type: string
  start: number
  end: number
}

function* inside(bytes: Uint8Array, types: string[]): Generator<BoxRange> {
  for (const box of boxes(bytes, 0, bytes.byteLength)) {
    if (types.includes(box.type)) yield* boxes(bytes, box.start + 8, box.end)
  }
}

// Trusts its input, unlike the splitter, and shares no code with it, so that one can test the other.
function* boxes(bytes: Uint8Array, start: number, end: number): Generator<BoxRange> {
  while (start < end) {
    const boxEnd = start + view(bytes).getUint32(start)
    yield { type: b4a.toString(bytes.subarray(start + 4, start + 8), 'latin1'), start, end: boxEnd }
    start = boxEnd
  }
}

function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
