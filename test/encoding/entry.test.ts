import b4a from 'b4a'
import test from 'brittle'
import { decodeEntry, encodeEntry, paddedLength } from '../../core/encoding/recording/entry.ts'
import type { Entry } from '../../core/encoding/recording/entry.ts'
import { refused } from '../helpers/refused.ts'

const note = (text: string): Entry => ({ kind: 'note', body: { text, atMs: 0 } })

function media(bytes: number): Entry {
  const data = b4a.alloc(bytes, 1)
  return { kind: 'fragment', body: { ptsUs: 0, durationUs: 0, key: false, continued: false, data } }
}

test('Small entries of different kinds have one size', (t) => {
  const gap: Entry = { kind: 'gap', body: { fromUs: 0, toUs: 9, reason: 'camera lost' } }
  t.is(encodeEntry(note('x')).byteLength, 128)
  t.is(encodeEntry(note('x'.repeat(100))).byteLength, 128)
  t.is(encodeEntry(gap).byteLength, 128)
})

test('Sizes are padded to 128 bytes, above 4 KiB to 512', (t) => {
  for (const [length, padded] of [
    [1, 128],
    [128, 128],
    [129, 256],
    [4096, 4096],
    [4097, 4608],
    [4608, 4608],
    [4609, 5120]
  ]) {
    t.is(paddedLength(length!), padded, `${length} bytes`)
  }
})

test('Padding costs under 1 % of a quarter of a second at 2.5 Mbit/s', (t) => {
  const bytes = 2_500_000 / 8 / 4
  t.ok(encodeEntry(media(bytes)).byteLength < 1.01 * bytes)
})

test('Padding that is not empty is refused', (t) => {
  const plain = encodeEntry(note('x'))
  plain[plain.byteLength - 1] = 1
  refused(t, () => decodeEntry(plain), 'last byte')
})

test('Padding to any length is read, as another bucket may come', (t) => {
  const plain = encodeEntry(note('x'))
  t.alike(decodeEntry(b4a.concat([plain, b4a.alloc(1000)])), note('x'))
})

test('An entry whose body is longer or shorter than its fields is refused', (t) => {
  const plain = encodeEntry(note('x'))
  const longer = b4a.from(plain)
  longer[1]!++
  refused(t, () => decodeEntry(longer), 'one byte more')
  plain[1]!--
  refused(t, () => decodeEntry(plain), 'one byte less')
})

test('A media fragment is kept byte for byte', (t) => {
  const data = b4a.from(Array.from({ length: 5000 }, (_, i) => i % 256))
  const body = { ptsUs: -1, durationUs: 1, key: true, continued: true, data }
  const read = decodeEntry(encodeEntry({ kind: 'fragment', body }))
  t.ok(read.kind === 'fragment' && b4a.equals(read.body.data, data))
})
