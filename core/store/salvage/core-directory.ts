// The first entries of a Corestore's database: what it says of itself, which core is where, and who signs
// it. They stand side by side, so one bad block takes hundreds of them. Each core still says itself who it
// is, and each recording as well, in its first block.
// Must never: replace an entry that is there. A wrong one does no harm: nothing of it could be proven.
//
// Touches internals of hypercore-storage and hypercore (their keys, schema and manifests), pinned to exact
// versions.

import b4a from 'b4a'
import c from 'compact-encoding'
import verifier from 'hypercore/lib/verifier.js'
import schema from 'hypercore-storage/encoding/spec/hyperschema/index.js'
import keys from 'hypercore-storage/lib/keys.js'
import type { KeyValues } from 'hypercore-storage'
import { coreKey, discoveryKeyOf, manifestOf } from '../../encoding/core-key.ts'
import { publicHeader } from '../../encoding/recording/header.ts'
import { decode } from '../../encoding/wire.ts'

const AUTH = schema.getEncoding('@core/auth')
const PLACE = schema.getEncoding('@corestore/core')
/** Of what hypercore-storage writes. */
const VERSION = 2
/** { 4, a core's number, ... } is what a core holds. */
const AFTER_DATA = b4a.from([5])

type Entry = [key: Uint8Array, value: Uint8Array]

/** @param head of a sound database: its seed is another, which nothing here is derived from */
export async function restoreDirectory(db: KeyValues, head: Uint8Array): Promise<void> {
  await db.ready()
  const missing: Entry[] = []
  await addMissing(db, missing, [keys.store.head(), head])
  for await (const number of numbersIn(db)) {
    for (const entry of await entriesOf(db, number)) await addMissing(db, missing, entry)
  }
  for (const [key, value] of missing) await db.put(b4a.from(key), value)
  if (missing.length > 0) await db.flush()
}

async function addMissing(db: KeyValues, missing: Entry[], [key, value]: Entry): Promise<void> {
  if ((await db.get(key)) === null) missing.push([b4a.from(key), value])
}

/** The numbers of the cores of which something is here, with a jump over what that is. */
async function* numbersIn(db: KeyValues): AsyncGenerator<number> {
  for (let from = 0; ;) {
    const range = { gte: b4a.from(keys.core.data(from)), lt: AFTER_DATA, limit: 1, values: false }
    let found = -1
    for await (const { key } of db.iterator(range)) found = numberIn(key)
    if (found < from) return
    yield found
    from = found + 1
  }
}

/** Where a core is, and who signs it, as far as either can still be told. */
async function entriesOf(db: KeyValues, number: number): Promise<Entry[]> {
  const auth = await db.get(keys.core.auth(number))
  const name = auth === null ? null : discoveryKeyIn(auth)
  if (name !== null) return [[b4a.from(keys.store.core(name)), placeOf(number)]]
  const signer = signerIn(await db.get(keys.core.block(number, 0)))
  if (signer === null) return []
  const key = coreKey(signer)
  const discoveryKey = discoveryKeyOf(key)
  const manifest = verifier.createManifest(manifestOf(signer))
  return [
    [b4a.from(keys.core.auth(number)), c.encode(AUTH, { key, discoveryKey, manifest })],
    [b4a.from(keys.store.core(discoveryKey)), placeOf(number)]
  ]
}

/** A core's entries and its data have the same number where it has never been cloned; none of ours has. */
function placeOf(number: number): Uint8Array {
  const place = { version: VERSION, corePointer: number, dataPointer: number, alias: null }
  return c.encode(PLACE, place)
}

function discoveryKeyIn(auth: Uint8Array): Uint8Array | null {
  try {
    return c.decode(AUTH, auth).discoveryKey
  } catch {
    return null
  }
}

function signerIn(block: Uint8Array | null): Uint8Array | null {
  try {
    return block && decode(publicHeader, block, 'recording header').signer
  } catch {
    return null
  }
}

/** index-encoder: below 252 one byte; else 252, 253 or 254 and 2, 4 or 8 bytes, the highest first. */
function numberIn(key: Uint8Array): number {
  const first = key[1]!
  if (first < 252) return first
  const bytes = key.subarray(2, 2 + 2 ** (first - 251))
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0)
}
