// The fragment writer of the app, read by the engine's own reader and by a real decoder.

import test from 'brittle'
import b4a from 'b4a'
import { fs, path } from '../../../core/runtime/fs.ts'
import { fragment } from '../../../mobile/ui/fmp4/fragment.ts'
import { Grouper, type Group } from '../../../mobile/ui/fmp4/grouper.ts'
import { initSegment } from '../../../mobile/ui/fmp4/init.ts'
import type { Sample, Track } from '../../../mobile/ui/fmp4/tracks.ts'
import { decodeVideo } from '../../helpers/films/decode.ts'
import { split } from '../../helpers/films/media.ts'
import { clipSamples } from './samples.ts'

const clip = clipSamples()

test('What is written is read by the engine with the codecs and times it was written with', (t) => {
  const groups = grouped(clip.samples)
  const read = split(written(clip.tracks, groups), { fragmentMs: 0 })
  t.is(read.error, null)
  t.is(read.inits[0]?.description.mime, 'video/mp4; codecs="avc1.42c00d,opus"')
  t.is(read.fragments.length, groups.length)
  for (const [index, group] of groups.entries()) {
    const first = group.samples.find(({ kind }) => kind === 'video')!
    const found = read.fragments[index]!
    t.ok(Math.abs(found.ptsUs - first.ptsUs) <= 1, `fragment ${index} begins at ${found.ptsUs}`)
    t.is(found.key, group.key, `fragment ${index} is ${group.key ? 'a' : 'no'} key`)
  }
})

test('A real decoder shows every picture', async (t) => {
  const file = path.join(await t.tmp(), 'film.mp4')
  fs.writeFileSync(file, written(clip.tracks, grouped(clip.samples)))
  const decoded = await decodeVideo(file)
  if (decoded === null) return t.comment('no ffmpeg here')
  t.ok(decoded.ok, decoded.complaints)
  t.is(decoded.frames, clip.samples.filter(({ kind }) => kind === 'video').length)
})

test('A film that lacks a second in the middle still decodes', async (t) => {
  const groups = grouped(clip.samples).filter(({ startUs }) => startUs < 2e6 || startUs >= 3e6)
  const file = path.join(await t.tmp(), 'film.mp4')
  fs.writeFileSync(file, written(clip.tracks, groups))
  const decoded = await decodeVideo(file)
  if (decoded === null) return t.comment('no ffmpeg here')
  t.ok(decoded.ok, decoded.complaints)
  t.is(decoded.frames, 24 * 5)
})

test('Sound alone is a film', async (t) => {
  const tracks = clip.tracks.filter(({ kind }) => kind === 'audio')
  const samples = clip.samples.filter(({ kind }) => kind === 'audio')
  const groups = grouped(samples, false)
  const read = split(written(tracks, groups), { fragmentMs: 0 })
  t.is(read.error, null)
  t.is(read.inits[0]?.description.mime, 'audio/mp4; codecs="opus"')
  t.ok(read.fragments.every(({ key }) => key))
})

test('VP9 is named as it is', (t) => {
  const track: Track = {
    kind: 'video',
    codec: 'vp09.00.31.08',
    width: 640,
    height: 480,
    description: null
  }
  const read = split(
    written(
      [track],
      [groupOf([{ kind: 'video', ptsUs: 0, durationUs: 1e6, key: true, data: new Uint8Array(9) }])]
    ),
    { fragmentMs: 0 }
  )
  t.is(read.inits[0]?.description.mime, 'video/mp4; codecs="vp09.00.31.08"')
})

test('The same tracks always give the same init segment', (t) => {
  t.alike(initSegment(clip.tracks), initSegment(clipSamples().tracks))
})

test('Times above an hour and a half stay exact', (t) => {
  const late = 6 * 3600 * 1e6 + 7
  const sample: Sample = {
    kind: 'video',
    ptsUs: late,
    durationUs: 33_333,
    key: true,
    data: new Uint8Array(5)
  }
  const tracks = clip.tracks.filter(({ kind }) => kind === 'video')
  const read = split(written(tracks, [groupOf([sample])]), { fragmentMs: 0 })
  t.is(read.fragments[0]?.ptsUs, late)
  t.is(read.fragments[0]?.durationUs, 33_333)
})

function grouped(samples: readonly Sample[], video = true): Group[] {
  const grouper = new Grouper({ video })
  const groups = samples.map((sample) => grouper.push(sample))
  return [...groups, grouper.flush()].filter((group) => group !== null)
}

function groupOf(samples: Sample[]): Group {
  const [first] = samples
  return { samples, key: true, startUs: first!.ptsUs, endUs: first!.ptsUs + first!.durationUs }
}

function written(tracks: readonly Track[], groups: readonly Group[]): Uint8Array {
  const fragments = groups.map(({ samples }, index) => fragment(tracks, samples, index + 1))
  return b4a.concat([initSegment(tracks), ...fragments])
}
