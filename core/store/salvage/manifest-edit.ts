// Takes out of RocksDB's index (MANIFEST) what it remembers of each table besides place and size: its
// unique id, which a table that has lost its properties can no longer prove. Tables stand before all
// tags that cannot be passed over.
// Must never: be done to the only copy.

import { encodeRecords, recordsOf } from '../rocksdb/log-format.ts'
import {
  EditReader,
  NEW_TABLE,
  TABLE_END,
  TABLE_UNIQUE_ID,
  TABLE_UNKNOWN
} from '../rocksdb/version-edit.ts'

/** The same index, as far as it is whole, without the unique ids of tables. */
export function forgetTableIds(manifest: Uint8Array): Uint8Array {
  const records = recordsOf(manifest)
  for (const record of records) forgetIds(record)
  return encodeRecords(records)
}

function forgetIds(edit: Uint8Array): void {
  const reader = new EditReader(edit)
  while (!reader.ended) {
    const tag = reader.number()
    if (tag === NEW_TABLE) forgetIdOf(edit, reader)
    else if (!reader.pass(tag)) return
  }
}

function forgetIdOf(edit: Uint8Array, reader: EditReader): void {
  reader.skip(3, 2)
  reader.skip(2, 0)
  while (!reader.ended) {
    const { at } = reader
    const tag = reader.number()
    if (tag === TABLE_END) return
    if (tag === TABLE_UNIQUE_ID) edit[at] = TABLE_UNKNOWN
    reader.skip(0, 1)
  }
}
