import b4a from 'b4a'
import test from 'brittle'
import { RunningHash } from '../../core/recording/running-hash.ts'
import { hex } from '../helpers/encoding/vectors.ts'

// FIPS 180-4, examples: SHA-256 of nothing, and of "abc".
const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'

test('It is SHA-256, so that sha256sum checks it', (t) => {
  const hash = new RunningHash()
  t.is(hex(hash.digest()), NOTHING)
  hash.update(b4a.from('abc'))
  t.is(hex(hash.digest()), ABC)
})

test('It can be read at any moment, and pieces make no difference', (t) => {
  const hash = new RunningHash()
  for (const piece of ['a', '', 'bc']) {
    hash.update(b4a.from(piece))
    hash.digest()
  }
  t.is(hex(hash.digest()), ABC)
  t.is(hash.bytes, 3)
})
