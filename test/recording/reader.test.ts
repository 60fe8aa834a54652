import b4a from 'b4a'
import test from 'brittle'
import type { Fragment } from '../../core/encoding/recording/entry.ts'
import { sealBlock } from '../../core/recording/block-cipher.ts'
import { Ratchet } from '../../core/recording/ratchet.ts'
import { RecordingReader, readPublicHeader } from '../../core/recording/reader.ts'
import { seeded } from '../helpers/random.ts'
import { CIRCLE, device, film, fragment, INIT, reader, writer } from '../helpers/films/recorder.ts'
import { refused } from '../helpers/refused.ts'

test('A reader opens every block', (t) => {
  const recording = writer()
  const blocks = film(recording, 30)
  const reading = reader(recording, blocks)
  for (let n = 0; n < 30; n++) {
    t.alike(reading.entry(n + 1, blocks[n + 1]!.value), fragment(n), `fragment ${n}`)
  }
})

test('Where a fragment stands is told from the first bytes of its block, as the whole block tells it', (t) => {
  const recording = writer()
  const blocks = film(recording, 30)
  const reading = reader(recording, blocks)
  for (let n = 0; n < 30; n++) {
    const { ptsUs, durationUs } = fragment(n).body as Fragment
    t.alike(reading.span(n + 1, blocks[n + 1]!.value), { ptsUs, durationUs }, `fragment ${n}`)
  }
})

test('A block that holds no media, or is another one, has no place in time', (t) => {
  const recording = writer()
  const blocks = film(recording, 4)
  const now = { wallMs: 1, monotonicMs: 1, place: null, batteryPercent: null }
  blocks.push(recording.checkpoint(now))
  const reading = reader(recording, blocks)
  t.is(reading.span(5, blocks[5]!.value), null)
  t.is(reading.span(2, blocks[3]!.value), null)
})

test('A reader finds the private half of the header as it was written', (t) => {
  const recording = writer({ clockOffsetMs: -40, preEventMs: 5000 })
  const reading = reader(recording, film(recording, 0))
  t.alike(reading.private, {
    circle: CIRCLE,
    device: device(1).device,
    mime: 'video/mp4; codecs="avc1.42c01f"',
    init: INIT,
    clockOffsetMs: -40,
    beacon: null,
    build: 'temoin test',
    preEventMs: 5000
  })
})

test('Who is no reader opens nothing, the author included', (t) => {
  const recording = writer()
  const block0 = film(recording, 0)[0]!.value
  for (const n of [1, 3]) {
    const unwrap = (sealed: Uint8Array): Uint8Array | null => device(n).unwrap(sealed)
    t.is(RecordingReader.find(recording.key, block0, unwrap), null, `device ${n}`)
  }
})

test('Blocks open in any order', (t) => {
  const recording = writer()
  const blocks = film(recording, 60)
  const reading = reader(recording, blocks)
  const random = seeded(3)
  for (let i = 0; i < 300; i++) {
    const n = random.int(60)
    t.alike(reading.entry(n + 1, blocks[n + 1]!.value), fragment(n), `fragment ${n}`)
  }
})

test('Going back and forth over more blocks than are kept in between opens the same', (t) => {
  const recording = writer()
  const blocks = film(recording, 8300)
  const reading = reader(recording, blocks)
  for (const n of [8299, 0, 4095, 4096, 4094, 8191, 8192, 8190, 1, 5000, 8299]) {
    t.alike(reading.entry(n + 1, blocks[n + 1]!.value), fragment(n), `fragment ${n}`)
  }
})

test('A block opens at its own index and in its own recording alone', (t) => {
  const recording = writer()
  const blocks = film(recording, 5)
  const reading = reader(recording, blocks)
  refused(t, () => reading.entry(3, blocks[2]!.value), 'another index')
  const other = writer()
  const others = film(other, 5)
  refused(t, () => reading.entry(2, others[2]!.value), 'another recording')
  const stolen = RecordingReader.withKey(recording.key, blocks[0]!.value, reading.chainKey())
  t.alike(stolen.entry(2, blocks[2]!.value), fragment(1), 'with its key it does')
})

test('A block with any bit flipped is refused', (t) => {
  const recording = writer()
  const blocks = film(recording, 1)
  const { index, value } = blocks[1]!
  const reading = reader(recording, blocks)
  for (let bit = 0; bit < value.byteLength * 8; bit++) {
    const flipped = b4a.from(value)
    flipped[bit >> 3]! ^= 1 << (bit & 7)
    refused(t, () => reading.entry(index, flipped), `bit ${bit}`)
  }
})

test('A header with any byte of its private half changed does not open', (t) => {
  const recording = writer()
  const block0 = b4a.from(film(recording, 0)[0]!.value)
  block0[block0.byteLength - 1]! ^= 1
  const unwrap = (sealed: Uint8Array): Uint8Array | null => device(2).unwrap(sealed)
  refused(t, () => RecordingReader.find(recording.key, block0, unwrap), 'last byte')
})

test('The header of one recording is not taken for another', (t) => {
  const recording = writer()
  const block0 = film(recording, 0)[0]!.value
  const unwrap = (sealed: Uint8Array): Uint8Array | null => device(2).unwrap(sealed)
  refused(t, () => RecordingReader.find(b4a.alloc(32, 9), block0, unwrap), 'another key')
})

test('With the wrong first key nothing opens', (t) => {
  const recording = writer()
  const block0 = film(recording, 0)[0]!.value
  refused(t, () => RecordingReader.withKey(recording.key, block0, b4a.alloc(32, 1)), 'wrong key')
})

test('The first key, handed on, opens the whole recording', (t) => {
  const recording = writer()
  const blocks = film(recording, 3)
  const reading = reader(recording, blocks)
  reading.entry(3, blocks[3]!.value)
  const late = RecordingReader.withKey(recording.key, blocks[0]!.value, reading.chainKey())
  t.alike(late.entry(1, blocks[1]!.value), fragment(0))
})

test('Anyone reads the public half, and finds no name in it', (t) => {
  const recording = writer({ previous: b4a.alloc(32, 4) })
  const header = readPublicHeader(film(recording, 0)[0]!.value)
  t.alike(header.signer, recording.signer)
  t.alike(header.previous, b4a.alloc(32, 4))
  t.alike(header.attestation, recording.attestation)
  t.unlike(header.circleTag, CIRCLE)
  t.unlike(header.deviceTag, device(1).device)
})

test('A wiped reader opens nothing more', (t) => {
  const recording = writer()
  const blocks = film(recording, 2)
  const reading = reader(recording, blocks)
  reading.wipe()
  refused(t, () => reading.entry(1, blocks[1]!.value), 'after wipe')
  t.alike(reading.chainKey(), b4a.alloc(32))
})

test('A block that authenticates but is no entry is refused', (t) => {
  const recording = writer()
  const blocks = film(recording, 0)
  const reading = reader(recording, blocks)
  const ratchet = new Ratchet(reading.chainKey())
  ratchet.next()
  const sealed = sealBlock(ratchet.next(), recording.key, 1, b4a.from([200, 0]))
  refused(t, () => reading.entry(1, sealed), 'kind 200')
})
