import b4a from 'b4a'
import test from 'brittle'
import { WRAPPED_BYTES } from '../../core/encoding/recording/header.ts'
import { findWrapped, wrapForReaders } from '../../core/recording/wrapped-keys.ts'
import { device } from '../helpers/films/recorder.ts'
import { refused } from '../helpers/refused.ts'
import { hex } from '../helpers/encoding/vectors.ts'

const first = b4a.alloc(32, 5)
const boxes = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, n) => device(n + 10).box)

test('Every reader finds the key, nobody else does', (t) => {
  const wrapped = wrapForReaders(first, boxes(9))
  for (let n = 10; n < 19; n++) {
    const key = findWrapped(wrapped, (sealed) => device(n).unwrap(sealed))
    t.alike(key && b4a.from(key), first, `reader ${n}`)
  }
  t.is(
    findWrapped(wrapped, (sealed) => device(1).unwrap(sealed)),
    null,
    'a stranger'
  )
})

test('The count of boxes says only which bucket the readers fit', (t) => {
  for (const [readers, count] of [
    [0, 8],
    [1, 8],
    [8, 8],
    [9, 16],
    [17, 32],
    [129, 256],
    [256, 256]
  ] as const) {
    const wrapped = wrapForReaders(first, boxes(readers))
    t.is(wrapped.length, count, `${readers} readers`)
    t.ok(wrapped.every((box) => box.byteLength === WRAPPED_BYTES))
  }
})

test('More than 256 readers are refused', (t) => {
  refused(t, () => wrapForReaders(first, boxes(257)), '257', 'BAD_INPUT')
})

test('The order of the boxes says nothing: a reader is not always in one place', (t) => {
  const placeOf = (): number =>
    wrapForReaders(first, boxes(1)).findIndex((box) => device(10).unwrap(box) !== null)
  const places = new Set(Array.from({ length: 64 }, placeOf))
  t.ok(places.size > 1)
})

test('No two boxes are alike, filling included', (t) => {
  const wrapped = [...wrapForReaders(first, boxes(3)), ...wrapForReaders(first, boxes(3))]
  t.is(new Set(wrapped.map(hex)).size, 16)
})
