// Devices that have been in use for long, made in one go: their circle, its journals, and many finished
// recordings, written as the engine writes them but for the time it takes. What a start has to cope with.

import b4a from 'b4a'
import type { KeyPair } from 'hypercore-crypto'
import { coreKey } from '../../../core/encoding/core-key.ts'
import { freshCircle } from '../../../core/encoding/memory/device-state.ts'
import type { CircleState, OwnJournalState } from '../../../core/encoding/memory/device-state.ts'
import type { JournalEntry } from '../../../core/encoding/journal/journal-entry.ts'
import type { Receipt } from '../../../core/encoding/recording/receipt.ts'
import { sealJournalEntry } from '../../../core/circle/journal/journal-cipher.ts'
import { newFounding } from '../../../core/circle/founding.ts'
import { makeHead } from '../../../core/circle/journal/journal-head.ts'
import { journalPair, newSalt } from '../../../core/circle/journal/journal-pair.ts'
import { KeyRing } from '../../../core/circle/keys/key-ring.ts'
import { forRelay, relaySecret, tagKey } from '../../../core/circle/keys/secrets.ts'
import { seenBy } from '../../../core/circle/journal/seen-by.ts'
import type { JournalLine } from '../../../core/circle/roster.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { wrapSignature } from '../../../core/recording/log-tree.ts'
import { RecordingWriter } from '../../../core/recording/writer.ts'
import type { SignedBlock } from '../../../core/recording/writer.ts'
import { makeReceipt } from '../../../core/replica/receipts/receipts.ts'
import { EvidenceStore } from '../../../core/store/evidence-store.ts'
import type { RecordingKey, Role } from '../../../core/types/keys.ts'

/** In one append: a journal of tens of thousands is written in seconds. */
const BATCH = 512
const FRAGMENT_BYTES = 2000
const FRAGMENT_US = 250_000

export interface StockedDevice {
  dir: string
  seed: Uint8Array
  role: Role
  /** True for the recordings whose blocks it has. */
  holds: (index: number) => boolean
  /** True for those it has signed for. @default holds */
  signs?: (index: number) => boolean
}

export interface StockedOptions {
  /** The first founds the circle and films everything; those that come last may have no directory. */
  devices: (Omit<StockedDevice, 'dir'> & { dir: string | null })[]
  recordings: number
  /** True for those that are announced with an attestation that is none. @default for none */
  forged?: (index: number) => boolean
  /** How many fragments each lasts. @default 4 */
  fragments?: number
}

export interface Stocked {
  /** What each device remembers of the circle. */
  states: CircleState[]
  recordings: { key: RecordingKey; length: number }[]
}

interface Member {
  keys: DeviceKeys
  device: StockedOptions['devices'][number]
  journal: OwnJournalState
  pair: KeyPair
  entries: JournalEntry[]
}

/** Fills the directories, which no process may have open; the stores are closed as they should be. */
export async function stock({
  devices,
  recordings,
  forged = () => false,
  fragments = 4
}: StockedOptions): Promise<Stocked> {
  const secret = randomBytes(32)
  const founder = new DeviceKeys(b4a.from(devices[0]!.seed))
  const founding = newFounding(founder)
  const { id } = founding
  const salts = devices.map((_, i) => (i === 0 ? founding.salt : newSalt()))
  const members = devices.map((device, i) => memberOf(device, id, salts[i]!))
  const stores = await openStores(members)
  foundBy(members)
  const made: Stocked['recordings'] = []
  for (let i = 0; i < recordings; i++) {
    const { writer, blocks } = shootOne(members, { circle: id, secret, fragments })
    tell(members, writer, blocks, i)
    if (forged(i)) forge(members[0]!.entries.at(-2)!)
    for (const [member, store] of stores) {
      if (member.device.holds(i)) await write(store, writer, blocks)
    }
    made.push({ key: writer.key, length: blocks.length })
  }
  const journals = members.map((member) => journalOf(member, secret))
  for (const store of stores.values()) {
    for (const [i, { pair }] of members.entries()) await writeJournal(store, pair, journals[i]!)
    await store.durable()
    await store.close()
  }
  return { states: members.map((member) => stateOf(member, members, id, secret)), recordings: made }
}

function memberOf(device: Member['device'], circle: Uint8Array, salt: Uint8Array): Member {
  const keys = new DeviceKeys(b4a.from(device.seed))
  const pair = journalPair(keys, salt)
  const start = { pair, startedAtMs: Date.now(), previous: null }
  const journal = { salt, head: makeHead(keys, circle, start) }
  return { keys, device, journal, pair, entries: [] }
}

async function openStores(members: Member[]): Promise<Map<Member, EvidenceStore>> {
  const stores = new Map<Member, EvidenceStore>()
  for (const member of members) {
    if (member.device.dir === null) continue
    const store = new EvidenceStore({ dir: member.device.dir })
    await store.ready()
    await store.loss.told() // of a store that has never had anything
    stores.set(member, store)
  }
  return stores
}

function foundBy([founder, ...others]: Member[]): void {
  const { entries, keys, journal } = founder!
  const created = { name: 'circle', ...keys.signedBox, deviceName: 'founder', atMs: Date.now() }
  entries.push({ kind: 'circle-created', body: created })
  const key = coreKey(journal.head.signer)
  for (const other of others) {
    const lines = entries.map((entry, index) => ({
      device: keys.device,
      journal: key,
      index,
      entry
    }))
    const seen = seenBy(lines as JournalLine[])
    const { role } = other.device
    const body = { ...other.keys.signedBox, role, name: role, atMs: Date.now(), seen }
    entries.push({ kind: 'member-added', body })
  }
}

function shootOne(
  members: Member[],
  { circle, secret, fragments }: { circle: Uint8Array; secret: Uint8Array; fragments: number }
): { writer: RecordingWriter; blocks: SignedBlock[] } {
  const readers = members
    .filter(({ device }) => device.role !== 'relay')
    .map(({ keys }) => keys.box)
  const writer = new RecordingWriter({
    ...{
      keys: members[0]!.keys,
      circle,
      tagKey: tagKey(relaySecret(secret)),
      readers,
      build: 'test'
    },
    ...{ mime: 'video/mp4; codecs="avc1.42c01e"', init: randomBytes(500), previous: null },
    startedAtMs: Date.now()
  })
  const blocks = [writer.header()]
  for (let i = 0; i < fragments; i++) {
    const at = { ptsUs: i * FRAGMENT_US, durationUs: FRAGMENT_US, key: i === 0, continued: false }
    blocks.push(
      writer.add({ kind: 'fragment', body: { ...at, data: randomBytes(FRAGMENT_BYTES) } })
    )
  }
  blocks.push(writer.seal('stopped', Date.now()))
  return { writer, blocks }
}

/** What the author says of it, and everybody who holds it. */
function tell(
  members: Member[],
  writer: RecordingWriter,
  blocks: SignedBlock[],
  index: number
): void {
  const { key: recording, signer, startedAtMs, previous, attestation } = writer
  const [author, ...others] = members
  const treeHash = writer.treeHash()
  const { length } = blocks
  const endedAtMs = Date.now()
  const announced = { recording, signer, startedAtMs, previous, attestation }
  author!.entries.push({ kind: 'recording-announced', body: announced })
  const ended = { recording, length, treeHash, endedAtMs, reason: 'stopped' as const }
  author!.entries.push({ kind: 'recording-sealed', body: ended })
  const { signature } = blocks.at(-1)!
  for (const { keys, device, entries } of others) {
    if (!(device.signs ?? device.holds)(index)) continue
    const held = { recording, fork: 0, length, treeHash, authorSignature: signature }
    const dated = { heldSinceMs: endedAtMs, atMs: endedAtMs, flushed: true }
    entries.push({ kind: 'receipts', body: [makeReceipt(keys, { ...held, ...dated }) as Receipt] })
  }
}

function forge({ kind, body }: JournalEntry): void {
  if (kind !== 'recording-announced') throw new Error('This is no announcement')
  body.attestation = randomBytes(64)
}

async function write(
  store: EvidenceStore,
  writer: RecordingWriter,
  blocks: SignedBlock[]
): Promise<void> {
  const core = await store.core(writer.signer)
  const values = blocks.map(({ value }) => value)
  const signature = wrapSignature(blocks.at(-1)!.signature)
  await core.append(values, { signature, maxLength: blocks.length })
  await core.close()
}

/** The same blocks for every store: other ones would be a rival history. */
function journalOf({ entries, pair }: Member, secret: Uint8Array): Uint8Array[] {
  const key = new KeyRing([]).add({ whole: true, bytes: secret })
  const journal = coreKey(pair.publicKey)
  return entries.map((entry, index) => sealJournalEntry(key, { journal, index }, entry))
}

async function writeJournal(
  store: EvidenceStore,
  keyPair: KeyPair,
  blocks: Uint8Array[]
): Promise<void> {
  const core = await store.core(keyPair.publicKey)
  for (let start = 0; start < blocks.length; start += BATCH) {
    await core.append(blocks.slice(start, start + BATCH), { keyPair })
  }
  await core.close()
}

function stateOf(member: Member, all: Member[], id: Uint8Array, secret: Uint8Array): CircleState {
  const isFounder = member === all[0]
  const isRelay = member.device.role === 'relay'
  const whole = { whole: true, bytes: b4a.from(secret) } as const
  return freshCircle({
    id,
    name: 'circle',
    secret: isRelay ? forRelay(whole) : whole,
    journal: member.journal,
    introducer: isFounder ? null : all[0]!.keys.device,
    heads: all.map(({ journal }) => journal.head)
  })
}
