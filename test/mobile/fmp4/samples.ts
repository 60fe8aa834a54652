// A fragmented MP4 of H.264 and Opus taken apart into its samples: what an encoder would have given.

import { boxes, child, descend } from '../../../core/media/mp4/box.ts'
import { u32, u64 } from '../../../core/media/bytes.ts'
import { fs, path } from '../../../core/runtime/fs.ts'
import type { Sample, Track } from '../../../mobile/ui/fmp4/tracks.ts'
import { root } from '../../helpers/root.ts'

const VISUAL_BYTES = 78
const AUDIO_BYTES = 28

export interface Taken {
  tracks: Track[]
  /** In the order of their time. */
  samples: Sample[]
}

/** The clip of the fixtures: 6 s, a key frame each second, 24 pictures a second. */
export function clipSamples(): Taken {
  const bytes = fs.readFileSync(path.join(root, 'test/fixtures/clip-h264-opus.mp4')) as Uint8Array
  const top = [...boxes(bytes)]
  const moov = top.find(({ type }) => type === 'moov')!.body
  const scales = [...boxes(moov)]
    .filter(({ type }) => type === 'trak')
    .map(({ body }) => scaleOf(body))
  const defaults = trexes(moov)
  const samples: Sample[] = []
  top.forEach(({ type, body }, index) => {
    if (type === 'moof') samples.push(...samplesOf(body, top[index + 1]!.body, scales, defaults))
  })
  return { tracks: tracksOf(moov), samples: samples.sort((a, b) => a.ptsUs - b.ptsUs) }
}

function tracksOf(moov: Uint8Array): Track[] {
  const [video, audio] = [...boxes(moov)]
    .filter(({ type }) => type === 'trak')
    .map(
      ({ body }) => boxes(descend(body, 'mdia', 'minf', 'stbl', 'stsd')!.subarray(8)).next().value!
    )
  const description = child(video!.body.subarray(VISUAL_BYTES), 'avcC')!
  const dOps = child(audio!.body.subarray(AUDIO_BYTES), 'dOps')!
  return [
    { kind: 'video', codec: 'avc1.42c00d', width: 320, height: 240, description },
    { kind: 'audio', codec: 'opus', channels: dOps[1]!, sampleRate: 48_000, description: null }
  ]
}

function scaleOf(trak: Uint8Array): number {
  return u32(descend(trak, 'mdia', 'mdhd')!, 12)
}

/** By track: the duration, size and flags of a sample that says none. */
function trexes(moov: Uint8Array): number[][] {
  return [...boxes(child(moov, 'mvex')!)]
    .filter(({ type }) => type === 'trex')
    .map(({ body }) => [u32(body, 12), u32(body, 16), u32(body, 20)])
}

function samplesOf(
  moof: Uint8Array,
  mdat: Uint8Array,
  scales: number[],
  trex: number[][]
): Sample[] {
  const trafs = [...boxes(moof)].filter(({ type }) => type === 'traf')
  // Offsets count from the moof, whose own header is 8 bytes; the mdat's is 8 more.
  const base = moof.byteLength + 16
  return trafs.flatMap(({ body }) => {
    const tfhd = child(body, 'tfhd')!
    const id = u32(tfhd, 4)
    const fields = defaultsOf(tfhd, trex[id - 1]!)
    let ticks = timeOf(child(body, 'tfdt')!)
    const scale = scales[id - 1]!
    return rows(child(body, 'trun')!, fields).map(({ offset, size, duration, flags }) => {
      const ptsUs = Math.round((ticks * 1e6) / scale)
      ticks += duration
      const durationUs = Math.round((duration * 1e6) / scale)
      const data = mdat.subarray(offset - base, offset - base + size)
      const kind = id === 1 ? 'video' : 'audio'
      return { kind, ptsUs, durationUs, key: (flags & 0x10000) === 0, data } as Sample
    })
  })
}

function timeOf(tfdt: Uint8Array): number {
  return tfdt[0] === 1 ? u64(tfdt, 4) : u32(tfdt, 4)
}

function defaultsOf(tfhd: Uint8Array, trex: number[]): number[] {
  const flags = u32(tfhd, 0)
  let at = 8
  for (const [flag, bytes] of [
    [1, 8],
    [2, 4]
  ] as const)
    if (flags & flag) at += bytes
  return [8, 16, 32].map((flag, index) => {
    if (!(flags & flag)) return trex[index]!
    at += 4
    return u32(tfhd, at - 4)
  })
}

function rows(trun: Uint8Array, [duration, size, flags]: number[]) {
  const has = u32(trun, 0)
  let at = 8
  const next = () => u32(trun, (at += 4) - 4)
  let offset = has & 1 ? next() : 0
  const first = has & 4 ? next() : null
  return Array.from({ length: u32(trun, 4) }, (_, index) => {
    const row = { offset, duration: duration!, size: size!, flags: flags! }
    if (index === 0 && first !== null) row.flags = first
    if (has & 0x100) row.duration = next()
    if (has & 0x200) row.size = next()
    if (has & 0x400) row.flags = next()
    if (has & 0x800) next()
    offset += row.size
    return row
  })
}
