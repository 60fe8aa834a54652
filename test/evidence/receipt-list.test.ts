import b4a from 'b4a'
import test from 'brittle'
import { TemoinError } from '../../core/errors.ts'
import { decodeReceipts, encodeReceipts } from '../../core/evidence/receipt-list.ts'
import { film, newDevice, receiptFor } from './film.ts'

test('receipts come back as they went in', (t) => {
  const made = film()
  const receipts = [3, 9].map((length) => receiptFor(made, newDevice(), length))
  t.alike(decodeReceipts(encodeReceipts(receipts)), receipts)
  t.alike(decodeReceipts(encodeReceipts([])), [])
})

test('a list that could have been written otherwise, or is cut, is refused', (t) => {
  const good = encodeReceipts([receiptFor(film(), newDevice(), 3)])
  const longNumber = b4a.concat([b4a.from([0xfd, 1, 0]), good.subarray(1)] as any)
  const trueAsTwo = b4a.from(good)
  const flushedAt = good.byteLength - 64 - 1
  t.is(trueAsTwo[flushedAt], 1)
  trueAsTwo[flushedAt] = 2
  const endless = b4a.concat([b4a.from([0xfe, 255, 255, 255, 255]), good.subarray(1)] as any)
  for (const bytes of [longNumber, trueAsTwo, endless, good.subarray(0, -1), b4a.alloc(0)]) {
    t.is(refusal(bytes), 'BAD_ENCODING')
  }
})

function refusal(bytes: Uint8Array): string | null {
  try {
    decodeReceipts(bytes)
    return null
  } catch (err) {
    return TemoinError.is(err) ? err.code : String(err)
  }
}
