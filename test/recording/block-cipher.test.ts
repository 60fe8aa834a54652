import b4a from 'b4a'
import test from 'brittle'
import { TAG_BYTES } from '../../core/identity/aead.ts'
import { openBlock, sealBlock } from '../../core/recording/block-cipher.ts'

const key = b4a.alloc(32, 1)
const recording = b4a.alloc(32, 2)
const plain = b4a.from('a second of film')
const sealed = sealBlock(key, recording, 3, plain)

test('A block opens with its key, in its recording, at its index', (t) => {
  t.alike(b4a.from(openBlock(key, recording, 3, sealed)!), plain)
  t.is(sealed.byteLength, plain.byteLength + TAG_BYTES)
})

test('A block opens nowhere else', (t) => {
  t.is(openBlock(b4a.alloc(32, 9), recording, 3, sealed), null, 'another key')
  t.is(openBlock(key, b4a.alloc(32, 9), 3, sealed), null, 'another recording')
  t.is(openBlock(key, recording, 4, sealed), null, 'another index')
  t.is(openBlock(key, recording, 3 + 2 ** 32, sealed), null, 'an index 2^32 further')
})

test('A block with any byte changed, cut or longer does not open', (t) => {
  for (let i = 0; i < sealed.byteLength; i++) {
    const changed = b4a.from(sealed)
    changed[i]! ^= 1 << (i % 8)
    t.is(openBlock(key, recording, 3, changed), null, `byte ${i}`)
    t.is(openBlock(key, recording, 3, sealed.subarray(0, i)), null, `cut at ${i}`)
  }
  t.is(openBlock(key, recording, 3, b4a.concat([sealed, b4a.alloc(1)])), null, 'a byte more')
})

test('An empty block has a tag too', (t) => {
  const empty = sealBlock(key, recording, 0, b4a.alloc(0))
  t.is(empty.byteLength, TAG_BYTES)
  t.is(openBlock(key, recording, 0, empty)?.byteLength, 0)
})
