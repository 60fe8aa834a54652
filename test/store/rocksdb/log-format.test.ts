import b4a from 'b4a'
import test from 'brittle'
import { path } from '../../../core/runtime/fs.ts'
import {
  BLOCK_BYTES,
  encodeRecords,
  FIRST,
  FULL,
  HEADER_BYTES,
  LAST,
  recordsOf,
  typeOf
} from '../../../core/store/rocksdb/log-format.ts'
import { createCrashImage, readLog } from '../crash-image.ts'

test('the records of a log that RocksDB wrote, written again, are that log byte for byte', async (t) => {
  const image = await createCrashImage(t)
  const current = await readLog({ log: path.join(image.db, 'CURRENT') })
  const index = path.join(image.db, b4a.toString(current).trim())
  for (const log of [image.log, index]) {
    const written = await readLog({ log })
    t.ok(recordsOf(written).length > 1)
    t.ok(b4a.equals(encodeRecords(recordsOf(written)), written), path.basename(log))
  }
})

test('records come back whole, whatever room the block before has left', (t) => {
  for (let room = 0; room <= 2 * HEADER_BYTES; room++) {
    const first = b4a.alloc(BLOCK_BYTES - HEADER_BYTES - room, 1)
    const records = [first, b4a.alloc(3, 2), b4a.alloc(0), b4a.alloc(2 * BLOCK_BYTES, 3)]
    t.alike(recordsOf(encodeRecords(records)), records, `${room} bytes`)
  }
})

test('a record is begun by a header alone where a block has room for no more', (t) => {
  const first = b4a.alloc(BLOCK_BYTES - 2 * HEADER_BYTES, 1)
  const log = encodeRecords([first, b4a.alloc(10, 2)])
  const places = [0, BLOCK_BYTES - HEADER_BYTES, BLOCK_BYTES]
  t.alike(
    places.map((at) => typeOf(log, at)),
    [FULL, FIRST, LAST]
  )
})

test('records end where the damage begins', (t) => {
  const records = [1, 2, 3].map((n) => b4a.alloc(100, n))
  const log = encodeRecords(records)
  log[150]! ^= 1
  t.alike(recordsOf(log), records.slice(0, 1))
  t.alike(recordsOf(log.subarray(0, 106)), [])
})
