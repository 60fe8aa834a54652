// Logs and their index spoiled by chance, in several places at once: what no list of damages has thought of.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import { TemoinError } from '../../core/errors.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { EvidenceStore } from '../../core/store/evidence-store.ts'
import { crashCopy } from '../helpers/crashes/crash.ts'
import { seeded } from '../helpers/random.ts'
import type { Random } from '../helpers/random.ts'
import { endlessHeader, rewrite } from './damage.ts'
import { openStore } from './open-store.ts'

const CASES = 24
const SEED = 11
/** Of RocksDB's logs, which the index is as well. */
const BLOCK_BYTES = 32_768
const SPOILED = /\.log$|^MANIFEST/

type Spoil = (bytes: Uint8Array, random: Random) => Uint8Array

const SPOILS: Spoil[] = [
  (bytes, random) => bytes.subarray(0, random.int(bytes.byteLength)),
  (bytes, random) => {
    const at = blockIn(bytes, random)
    return b4a.concat([bytes.subarray(0, at), bytes.subarray(at + BLOCK_BYTES)])
  },
  (bytes, random) => {
    const [from, to] = [blockIn(bytes, random), blockIn(bytes, random)]
    const block = b4a.from(bytes.subarray(from, from + BLOCK_BYTES))
    bytes.set(block.subarray(0, bytes.byteLength - to), to)
    return bytes
  },
  (bytes, random) => {
    bytes[blockIn(bytes, random) + 6] = 5 + random.int(8) // a kind of fragment, of recycled logs or of none
    return bytes
  },
  (bytes, random) => {
    bytes.set(random.bytes(2), blockIn(bytes, random) + 4) // how long a fragment is
    return bytes
  },
  (bytes, random) => {
    for (let i = 0; i < 4; i++) bytes[random.int(bytes.byteLength)]! ^= 1 << random.int(8)
    return bytes
  },
  (bytes, random) => {
    const header = endlessHeader(5 + random.int(4))
    bytes.set(header, random.int(Math.max(1, bytes.byteLength - header.byteLength)))
    return bytes
  }
]

test('however its logs and its index are spoiled, a store opens, or says what is damaged, and never hangs', async (t) => {
  const killed = await killedStore(t)
  const random = seeded(SEED)
  let opened = 0
  for (let i = 0; i < CASES; i++) {
    const dir = await crashCopy(t, killed)
    const done = await spoil(path.join(dir, 'store/db'), random)
    const store = new EvidenceStore({ dir })
    const err = await store.ready().then(
      () => null,
      (reason: any) => reason
    )
    const isSaid = TemoinError.is(err, 'STORAGE_DAMAGED') && !/in time/.test(String(err.cause))
    if (err === null) opened++
    else if (!isSaid) t.fail(`case ${i}, ${done.join(', ')}: ${err} (${err.cause})`)
    await store.close()
  }
  t.ok(opened > CASES / 4, `${opened} of ${CASES} opened`)
})

/** Tables, two logs, and an index of several changes: as a kill in the middle of a film leaves them. */
async function killedStore(t: Assert): Promise<string> {
  const dir = await t.tmp()
  for (let round = 0; ; round++) {
    const store = await openStore(t, dir)
    const keyPair = crypto.keyPair()
    const core = await store.core(keyPair.publicKey)
    for (let i = 0; i < 60; i++) await core.append(b4a.alloc(40_000, i), { keyPair })
    await store.durable()
    if (round === 1) return crashCopy(t, dir)
    await store.close()
  }
}

/** Spoils one to three of its files. */
async function spoil(database: string, random: Random): Promise<string[]> {
  const names = (await fs.promises.readdir(database)).map(String).filter((n) => SPOILED.test(n))
  const done: string[] = []
  for (let i = 0; i < 1 + random.int(3); i++) {
    const name = random.pick(names.sort())
    const which = random.int(SPOILS.length)
    await rewrite(path.join(database, name), (bytes) =>
      bytes.byteLength < 400 ? bytes : SPOILS[which]!(bytes, random)
    )
    done.push(`${name} ${which}`)
  }
  return done
}

/** Where one of its blocks begins. */
function blockIn(bytes: Uint8Array, random: Random): number {
  return BLOCK_BYTES * random.int(Math.max(1, Math.floor(bytes.byteLength / BLOCK_BYTES)))
}
