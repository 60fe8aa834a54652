// Somebody with the phone's directory, this whole source, all the time they want, and perhaps the
// passphrase: opens whatever opens, with the engine's own parts, and says what was to be had. Works on a
// copy, as they would.

import b4a from 'b4a'
import Corestore from 'corestore'
import HypercoreStorage from 'hypercore-storage'
import type Hypercore from 'hypercore'
import type { Assert } from 'brittle'
import { openJournalEntry } from '../../core/circle/journal/journal-cipher.ts'
import { KeyRing } from '../../core/circle/keys/key-ring.ts'
import type { DeviceState } from '../../core/encoding/memory/device-state.ts'
import type { Entry } from '../../core/encoding/recording/entry.ts'
import type { JournalEntry } from '../../core/encoding/journal/journal-entry.ts'
import { DeviceKeys } from '../../core/identity/device-keys.ts'
import { passphraseBytes } from '../../core/identity/passphrase.ts'
import { loadSeed } from '../../core/identity/seed-file.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { readPublicHeader, RecordingReader } from '../../core/recording/reader.ts'
import { StateFile } from '../../core/store/files/state-file.ts'
import { crashCopy, filesIn } from '../helpers/crashes/crash.ts'

export interface FoundRecording {
  key: Uint8Array
  startedAtMs: number
  blocks: number
  /** What opened of it, in order. */
  entries: Entry[]
}

export interface Findings {
  /** The seed was to be had. */
  seed: boolean
  state: DeviceState | null
  /** Journal entries that opened. */
  said: JournalEntry[]
  recordings: FoundRecording[]
  /** Cores that are no recordings. */
  journals: number
  /** Those of `needles` that stand anywhere in the files, or in the database's own keys and values. */
  seen: (needles: Record<string, Uint8Array>) => string[]
  /** All that was gone through for them. */
  bytes: readonly Uint8Array[]
}

/** @param passphrase what the examiner has been told, if anything */
export async function examine(t: Assert, dir: string, passphrase?: string): Promise<Findings> {
  const copy = await crashCopy(t, dir)
  const haystack: Uint8Array[] = []
  for await (const { bytes } of filesIn(copy)) haystack.push(b4a.from(bytes))
  const keys = await keysOf(copy, passphrase)
  const state = keys && (await new StateFile(copy, keys).load().catch(() => null))
  const found: Findings = {
    seed: keys !== null,
    state,
    said: [],
    recordings: [],
    journals: 0,
    seen: (needles) => seenIn(haystack, needles),
    bytes: haystack
  }
  for (const name of ['store', 'kept']) {
    const store = path.join(copy, name)
    if (fs.existsSync(store)) await openStore(store, keys, found, haystack)
  }
  return found
}

async function keysOf(dir: string, passphrase?: string): Promise<DeviceKeys | null> {
  const ask =
    passphrase === undefined ? undefined : () => Promise.resolve(passphraseBytes(passphrase))
  const seed = await loadSeed(dir, ask).catch(() => null)
  return seed && new DeviceKeys(seed)
}

async function openStore(
  dir: string,
  keys: DeviceKeys | null,
  found: Findings,
  haystack: Uint8Array[]
): Promise<void> {
  const store = new Corestore(new HypercoreStorage(dir, { allowBackup: true }))
  await store.ready()
  haystack.push(...(await rawValues(store)))
  for await (const discoveryKey of store.list()) {
    const core = store.get({ discoveryKey, active: false })
    await core.ready()
    const recording = await openRecording(core, keys)
    if (recording) found.recordings.push(recording)
    else {
      found.journals++
      found.said.push(...(await openJournal(core, found.state)))
    }
    await core.close()
  }
  await store.close()
}

/** Past every layer of ours: what the database itself has. */
async function rawValues(store: Corestore): Promise<Uint8Array[]> {
  const { db } = store.storage as unknown as {
    db: { iterator(range: object): AsyncIterable<{ key: Uint8Array; value: Uint8Array }> }
  }
  const raw: Uint8Array[] = []
  for await (const { key, value } of db.iterator({ gte: b4a.alloc(1), lt: b4a.alloc(64, 255) })) {
    raw.push(b4a.from(key), b4a.from(value))
  }
  return raw
}

async function openRecording(
  core: Hypercore,
  keys: DeviceKeys | null
): Promise<FoundRecording | null> {
  const blocks = await blocksOf(core)
  if (blocks.length === 0) return null
  try {
    const { startedAtMs } = readPublicHeader(blocks[0]!)
    const entries = keys === null ? [] : readAll(core.key, blocks, keys)
    return { key: core.key, startedAtMs, blocks: blocks.length, entries }
  } catch {
    return null
  }
}

function readAll(key: Uint8Array, blocks: Uint8Array[], keys: DeviceKeys): Entry[] {
  const reader = RecordingReader.find(key, blocks[0]!, (sealed) => keys.unwrap(sealed))
  return reader ? blocks.slice(1).map((block, i) => reader.entry(i + 1, block)) : []
}

/** Every secret of every circle is tried on it. */
async function openJournal(core: Hypercore, state: DeviceState | null): Promise<JournalEntry[]> {
  const blocks = await blocksOf(core)
  return (state?.circles ?? [])
    .flatMap(({ secret: first, later }) => [first, ...later])
    .flatMap((secret) =>
      blocks.flatMap((block, i) => {
        try {
          const place = { journal: core.key, index: i }
          const { entry } = openJournalEntry(new KeyRing([secret]).find(secret)!, place, block)
          return entry === null ? [] : [entry]
        } catch {
          return []
        }
      })
    )
}

async function blocksOf(core: Hypercore): Promise<Uint8Array[]> {
  const blocks: Uint8Array[] = []
  for (let i = 0; i < core.contiguousLength; i++) {
    blocks.push((await core.get(i, { wait: false }))!)
  }
  return blocks
}

function seenIn(haystack: Uint8Array[], needles: Record<string, Uint8Array>): string[] {
  return Object.entries(needles)
    .filter(([, needle]) => haystack.some((bytes) => includes(bytes, needle)))
    .map(([name]) => name)
}

function includes(bytes: Uint8Array, needle: Uint8Array): boolean {
  return b4a.indexOf(b4a.from(bytes), b4a.from(needle) as never) !== -1
}
