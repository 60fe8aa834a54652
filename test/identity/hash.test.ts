import b4a from 'b4a'
import test from 'brittle'
import { derive, labelled, randomBytes, wipe } from '../../core/identity/hash.ts'
import { hex } from '../helpers/encoding/vectors.ts'

test('The label, the key and every part change what is derived', (t) => {
  const [key, part] = [b4a.alloc(32, 1), b4a.alloc(3, 2)]
  const all = [
    derive(key, 'a', part),
    derive(key, 'b', part),
    derive(key, 'a', part, part),
    derive(key, 'a'),
    derive(b4a.alloc(32, 9), 'a', part),
    labelled('a', part),
    labelled('b', part)
  ]
  t.is(new Set(all.map(hex)).size, all.length)
})

test('What is derived is 32 bytes, and the same each time', (t) => {
  const key = b4a.alloc(32, 1)
  t.is(derive(key, 'a').byteLength, 32)
  t.alike(derive(key, 'a'), derive(key, 'a'))
})

test('The label ends before the parts begin', (t) => {
  t.unlike(labelled('a', b4a.from('b')), labelled('ab'))
})

test('Random bytes are not the same twice', (t) => {
  t.unlike(randomBytes(32), randomBytes(32))
  t.is(randomBytes(7).byteLength, 7)
})

test('A wiped secret is all zeros', (t) => {
  const secret = randomBytes(32)
  wipe(secret)
  t.alike(secret, b4a.alloc(32))
})
