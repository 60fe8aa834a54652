import b4a from 'b4a'
import test from 'brittle'
import { aac, av1, avc, hevc, vp9 } from '../../core/media/codec-strings.ts'
import { describe } from '../../core/media/tracks.ts'

// Configuration records as encoders wrote them (x264, x265, SVT-AV1, libvpx, Chromium), with the
// names that browsers give the same streams.
test('configuration records give the names players ask for', (t) => {
  t.is(avc(hex('0142c00dffe1')), 'avc1.42c00d')
  t.is(avc(hex('0164001fffe1'), 'avc3'), 'avc3.64001f')
  t.is(hevc(hex('0101600000009000000000003cf000')), 'hvc1.1.6.L60.90')
  t.is(hevc(hex('01022000000090000000000099f000'), 'hev1'), 'hev1.2.4.L153.90')
  t.is(vp9(hex('01000000000a8200')), 'vp09.00.10.08')
  t.is(av1(hex('81000c00')), 'av01.0.00M.08')
  t.is(av1(hex('810d4c00')), 'av01.0.13M.10')
  t.is(aac(hex('1190')), 'mp4a.40.2')
  t.is(aac(hex('2b92')), 'mp4a.40.5')
  t.is(aac(hex('f8e6')), 'mp4a.40.39')
})

test('a record that is cut short names nothing', (t) => {
  for (const name of [avc, hevc, vp9, av1, aac]) t.is(name(hex('01')), null)
})

test('codecs are named all or not at all, the picture first', (t) => {
  const audio = { id: 1, kind: 'audio', codec: 'opus' } as const
  const video = { id: 2, kind: 'video', codec: 'vp8' } as const
  const strange = { id: 3, kind: 'video', codec: null } as const
  const timecode = { id: 4, kind: 'other', codec: null } as const
  t.is(describe([audio, video, timecode], 'webm', null).mime, 'video/webm; codecs="vp8,opus"')
  t.is(describe([audio], 'mp4', null).mime, 'audio/mp4; codecs="opus"')
  t.is(describe([audio, strange], 'mp4', null).mime, 'video/mp4')
  t.is(describe([strange], 'mp4', 'video/mp4;codecs=x1').mime, 'video/mp4;codecs=x1')
  t.is(describe([strange], 'mp4', 'video/webm;codecs=x1').mime, 'video/mp4')
  t.is(describe(Array(1000).fill(audio), 'mp4', null).mime, 'audio/mp4', 'no name without end')
})

function hex(text: string): Uint8Array {
  return b4a.from(text, 'hex')
}
