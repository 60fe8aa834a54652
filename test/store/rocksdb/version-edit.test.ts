import b4a from 'b4a'
import test from 'brittle'
import { EditReader } from '../../../core/store/rocksdb/version-edit.ts'

test('an edit is read to its end and no further, wherever it is cut', (t) => {
  const edit = b4a.from([1, 3, 97, 98, 99, 2, 200, 1, 4, 255, 255, 3])
  for (let end = 0; end <= edit.byteLength; end++) {
    const reader = new EditReader(edit.subarray(0, end))
    let tags = 0
    while (reader.pass(reader.number())) tags++
    t.ok(reader.ended && tags <= 3, `${end} bytes`)
  }
})

test('numbers have their lowest bits first, and -1 stands for none', (t) => {
  const reader = new EditReader(b4a.from([200, 1, 255, 255, 255, 255, 255, 255, 127, 128]))
  t.is(reader.number(), 200)
  t.is(reader.number(), 2 ** 49 - 1)
  t.is(reader.number(), -1)
  t.is(reader.number(), -1)
})

test('what follows a tag that is not known is not read', (t) => {
  const reader = new EditReader(b4a.from([2, 5, 99, 1, 1]))
  t.ok(reader.pass(reader.number()))
  t.absent(reader.pass(reader.number()))
  t.is(reader.at, 3)
})
