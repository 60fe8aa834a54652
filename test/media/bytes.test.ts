import b4a from 'b4a'
import test from 'brittle'
import { TemoinError } from '../../core/errors.ts'
import { i16, i32, u32, u64, uint } from '../../core/media/bytes.ts'

test('numbers are read big-endian, signed where they are', (t) => {
  const bytes = b4a.from('fffeffffff9c0001e240', 'hex')
  t.is(i16(bytes, 0), -2)
  t.is(i32(bytes, 2), -100)
  t.is(u32(bytes, 6), 123_456)
  t.is(uint(bytes, 7, 3), 123_456)
  t.is(uint(bytes, 10, 0), 0)
  t.is(u64(b4a.from('001fffffffffffff', 'hex'), 0), Number.MAX_SAFE_INTEGER)
})

test('a number that is not there, or that no number can hold, is damage', (t) => {
  const reads = [
    () => u32(b4a.alloc(3), 0),
    () => u32(b4a.alloc(8), 5),
    () => u64(b4a.from('0020000000000000', 'hex'), 0)
  ]
  for (const read of reads) {
    try {
      t.fail(`read ${read()}`)
    } catch (err) {
      t.ok(TemoinError.is(err, 'MEDIA_DAMAGED'))
    }
  }
})
