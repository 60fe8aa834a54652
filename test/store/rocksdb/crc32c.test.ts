import b4a from 'b4a'
import test from 'brittle'
import { crc32c, mask, unmask } from '../../../core/store/rocksdb/crc32c.ts'

test('the checksum is that of the published vectors', (t) => {
  const rising = b4a.from(Array.from({ length: 32 }, (_, i) => i))
  // RFC 3720, appendix B.4
  t.is(crc32c(b4a.alloc(32)), 0x8a9136aa)
  t.is(crc32c(b4a.alloc(32, 0xff)), 0x62a8ab43)
  t.is(crc32c(rising), 0x46dd794e)
  t.is(crc32c(b4a.from([...rising].reverse())), 0x113fdb5c)
  t.is(crc32c(b4a.from('123456789')), 0xe3069283)
})

test('the checksum of a part is that of its bytes alone, wherever it lies', (t) => {
  const bytes = b4a.from(Array.from({ length: 64 }, (_, i) => (i * 37) & 255))
  let wrong = 0
  for (let start = 0; start < 20; start++) {
    for (let end = start; end < 64; end++) {
      if (crc32c(bytes, start, end) !== bitByBit(bytes.subarray(start, end))) wrong++
    }
  }
  t.is(wrong, 0)
})

test('unmasking gives back what RocksDB masked', (t) => {
  for (const crc of [0, 1, 0xe3069283, 0xffffffff, 0x80000000]) t.is(unmask(mask(crc)), crc)
})

function bitByBit(bytes: Uint8Array): number {
  let crc = -1
  for (const byte of bytes) {
    crc ^= byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
  }
  return ~crc >>> 0
}
