import b4a from 'b4a'
import test from 'brittle'
import { BLOCK_BYTES, encodeRecords, fragment } from '../../../core/store/rocksdb/log-format.ts'
import { LogScanner } from '../../../core/store/wal/log-scanner.ts'
import type { LogScan } from '../../../core/store/wal/log-scanner.ts'

const SIZES = [100, 40000, 7, 0, 32761, 70000, 300, 12, 5000]
const RECORDS = SIZES.map((bytes, i) => b4a.alloc(bytes, i + 1))
const LOG = encodeRecords(RECORDS)
/** Where each record ends. */
const ENDS = RECORDS.map((_, i) => encodeRecords(RECORDS.slice(0, i + 1)).byteLength)

function scan(log: Uint8Array, accept = (_head: Uint8Array) => true): LogScan {
  const scanner = new LogScanner(accept)
  for (let at = 0; at < log.byteLength; at += BLOCK_BYTES) {
    scanner.push(log.subarray(at, at + BLOCK_BYTES))
  }
  return scanner.end()
}

test('a log of whole records is sound to its last byte, whatever their sizes', (t) => {
  const heads: Uint8Array[] = []
  const result = scan(LOG, (head) => heads.push(b4a.from(head)) > 0)
  t.alike(result, {
    bytes: LOG.byteLength,
    validBytes: LOG.byteLength,
    records: SIZES.length,
    recordsLost: 0,
    state: 'sound'
  })
  t.alike(
    heads,
    RECORDS.map((record) => record.subarray(0, 256))
  )
})

test('an empty log is sound', (t) => {
  t.is(scan(b4a.alloc(0)).state, 'sound')
})

test('a log cut at any place is never damaged, and valid to its last whole record', (t) => {
  let wrong = 0
  for (let cut = 1; cut < LOG.byteLength; cut += 487) {
    const { state, validBytes } = scan(LOG.subarray(0, cut))
    const end = Math.max(0, ...ENDS.filter((at) => at <= cut))
    if (state === 'damaged' || Math.abs(validBytes - end) > 6) wrong++
  }
  t.is(wrong, 0)
})

test('zeros after the last record are a torn tail, zeros before more records are damage', (t) => {
  const zeros = b4a.alloc(100000)
  t.is(scan(b4a.concat([LOG, zeros])).state, 'torn-tail')
  t.is(scan(b4a.concat([LOG, zeros])).validBytes, LOG.byteLength)
  t.is(scan(b4a.concat([LOG, zeros, b4a.from([1])])).state, 'damaged')
})

test('a changed byte anywhere in a record is damage to that record, and counts what follows', (t) => {
  const start = ENDS[4]!
  const end = ENDS[5]!
  let wrong = 0
  for (let at = start; at < end; at += 101) {
    const log = b4a.from(LOG)
    log[at] = log[at]! ^ 0x10
    const { state, validBytes, records, recordsLost } = scan(log)
    // the rest of a damaged block cannot be read, so a record in it may go uncounted
    const counts = records === 5 && recordsLost <= 3
    if (state !== 'damaged' || Math.abs(validBytes - start) > 6 || !counts) wrong++
  }
  t.is(wrong, 0)
})

test('a wrong length is damage where whole records follow it in the last block', (t) => {
  const log = encodeRecords([1, 2, 3].map((n) => b4a.alloc(100, n)))
  log[107 + 5] = 0x10
  const { state, validBytes } = scan(log)
  t.is(state, 'damaged')
  t.is(validBytes, 107)
})

test('a fragment without its beginning, or a beginning without its end, is damage', (t) => {
  const payload = b4a.alloc(50, 1)
  const whole = fragment(1, payload)
  t.is(scan(b4a.concat([whole, fragment(3, payload), whole])).state, 'damaged')
  t.is(scan(b4a.concat([whole, fragment(4, payload), whole])).state, 'damaged')
  t.is(scan(b4a.concat([whole, fragment(2, payload), whole])).state, 'damaged')
  t.is(scan(b4a.concat([whole, fragment(2, payload)])).state, 'torn-tail')
})

test('a header that makes RocksDB loop for ever is damage', (t) => {
  for (const type of [5, 6, 7, 8, 11, 131]) {
    const { state, validBytes } = scan(b4a.concat([LOG, fragment(type, b4a.alloc(50, 1))]))
    t.is(state, 'damaged', `type ${type}`)
    t.is(validBytes, LOG.byteLength)
  }
})

test('a record that does not follow from the one before is damage', (t) => {
  let seen = 0
  const { state, validBytes, records, recordsLost } = scan(LOG, () => ++seen < 4)
  t.is(state, 'damaged')
  t.is(records, 3)
  t.is(recordsLost, SIZES.length - 3)
  t.is(validBytes, ENDS[2]!)
})
