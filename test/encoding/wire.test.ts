import b4a from 'b4a'
import test from 'brittle'
import {
  bool,
  bytes,
  checked,
  decode,
  encode,
  fixed,
  int,
  list,
  optional,
  struct,
  text,
  uint,
  uint8,
  versioned,
  word
} from '../../core/encoding/wire.ts'
import type { Codec } from '../../core/encoding/wire.ts'
import { refused } from '../helpers/refused.ts'
import { hex, unhex } from '../helpers/encoding/vectors.ts'

function roundTrip<T>(codec: Codec<T>, value: T): T {
  return decode(codec, encode(codec, value), 'value')
}

const read = (codec: Codec<any>, bytes: string) => () => decode(codec, unhex(bytes), 'value')
const write = (codec: Codec<any>, value: unknown) => () => encode(codec, value)

test('A number keeps its value up to 2^53 - 1', (t) => {
  for (const n of [0, 0xfc, 0xfd, 0xffff, 0x10000, 0xffffffff, 2 ** 32, Number.MAX_SAFE_INTEGER]) {
    t.is(roundTrip(uint, n), n)
  }
})

test('A number that is negative, too large or none is refused', (t) => {
  for (const n of [-1, 2 ** 53, NaN, Infinity]) refused(t, write(uint, n), String(n))
  refused(t, read(uint, 'ffffffffffffffffff'), '2^64 - 1')
  refused(t, read(uint, 'ff0000000000002000'), '2^53')
})

test('A number has one encoding: the shortest', (t) => {
  for (const longer of ['fd0100', 'fdfc00', 'fe01000000', 'feffff0000', 'ff0100000000000000']) {
    refused(t, read(uint, longer), longer)
  }
  t.is(decode(uint, unhex('fdfd00'), 'value'), 0xfd)
})

test('A fraction is dropped, towards zero, and leaves the shortest form', (t) => {
  t.is(hex(encode(uint, 252.9)), 'fc')
  t.is(roundTrip(int, -1.5), -1)
  t.is(roundTrip(int, 1.5), 1)
})

test('A signed number keeps its value from -2^52 to 2^52 - 1', (t) => {
  for (const n of [0, 1, -1, 63, -64, 1e9, -1e9, 2 ** 52 - 1, -(2 ** 52)])
    t.is(roundTrip(int, n), n)
  refused(t, write(int, 2 ** 52), '2^52')
  refused(t, write(int, -(2 ** 52) - 1), '-2^52 - 1')
})

test('A yes-or-no byte is 0 or 1', (t) => {
  t.is(roundTrip(bool, true), true)
  t.is(roundTrip(bool, false), false)
  refused(t, read(bool, '02'), '2')
})

test('Bytes are refused one over their limit, written or read', (t) => {
  t.is(roundTrip(bytes(3), unhex('010203')).byteLength, 3)
  refused(t, write(bytes(3), unhex('01020304')), 'written')
  refused(t, read(bytes(3), '0401020304'), 'read')
})

test('A length that its bytes do not cover is refused before anything is allocated', (t) => {
  refused(t, read(bytes(2 ** 50), 'ff0000000000000200'), '2^49 bytes')
  refused(t, read(list(uint, 2 ** 50), 'ff0000000000000200'), '2^49 items')
})

test('Fixed bytes are refused where they are shorter or longer', (t) => {
  for (const length of [3, 5]) refused(t, write(fixed(4), b4a.alloc(length)), length + ' bytes')
  refused(t, read(fixed(4), '010203'), 'read short')
  refused(t, read(fixed(4), '0102030405'), 'read long')
})

test('Text is limited by its bytes, not its letters', (t) => {
  t.is(roundTrip(text(4), '🚇'), '🚇')
  refused(t, write(text(3), '🚇'), 'four bytes in three')
})

test('Text that is not UTF-8 is refused', (t) => {
  for (const wrong of ['01ff', '02c328', '03eda080', '02c080', '01e9']) {
    refused(t, read(text(16), wrong), wrong)
  }
})

test('Text survives as written, with a byte order mark and a zero in it', (t) => {
  for (const value of ['\ufefftext', 'a\0b', '']) t.is(roundTrip(text(16), value), value)
})

test('Half a surrogate pair is written as the replacement character', (t) => {
  t.is(roundTrip(text(16), 'a\ud83d'), 'a\ufffd')
  t.is(roundTrip(text(16), '\ude87b'), '\ufffdb')
})

test('A list is refused one over its limit, written or read', (t) => {
  t.alike(roundTrip(list(uint, 2), [1, 2]), [1, 2])
  refused(t, write(list(uint, 2), [1, 2, 3]), 'written')
  refused(t, read(list(uint, 2), '03010203'), 'read')
})

test('An optional value is there or null, and nothing in between', (t) => {
  t.is(roundTrip(optional(uint), null), null)
  t.is(roundTrip(optional(uint), 0), 0)
  refused(t, read(optional(uint), '0200'), 'presence 2')
})

test('A word is one of its list', (t) => {
  const words = word(['yes', 'no'])
  t.is(roundTrip(words, 'no'), 'no')
  refused(t, read(words, '02'), 'read')
  refused(t, write(words, 'maybe'), 'written')
})

test('An unknown version is refused', (t) => {
  const codec = versioned(1, uint)
  t.is(roundTrip(codec, 7), 7)
  for (const other of ['00', '02', 'ff']) refused(t, read(codec, other + '07'), 'version ' + other)
})

test('A checked value is refused where it does not pass, written or read', (t) => {
  const even = checked(uint, (n) => n % 2 === 0, 'odd')
  t.is(roundTrip(even, 2), 2)
  refused(t, write(even, 3), 'written')
  refused(t, read(even, '03'), 'read')
})

test('Bytes left over after a whole structure are refused', (t) => {
  refused(t, read(struct({ a: uint8, b: uint8 }), '010203'), 'one byte more')
})
