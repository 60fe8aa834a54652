import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import { sealJournalEntry } from '../../../../core/circle/journal/journal-cipher.ts'
import { makeHead } from '../../../../core/circle/journal/journal-head.ts'
import { journalLimit, JournalRoom } from '../../../../core/circle/journal/room/journal-room.ts'
import type { Receipt } from '../../../../core/encoding/recording/receipt.ts'
import { randomBytes } from '../../../../core/identity/hash.ts'
import {
  JOURNAL_BYTES,
  JOURNAL_BYTES_PER_DAY,
  MAX_JOURNAL_BLOCK_BYTES,
  STRANGE_JOURNAL_BYTES
} from '../../../../core/limits.ts'
import { held } from '../../../helpers/encoding/codecs/values.ts'
import { eventually } from '../../../helpers/eventually.ts'
import { connect, enrolledWith, revoke } from '../../../helpers/devices/station.ts'
import type { Station } from '../../../helpers/devices/station.ts'

const DAY_MS = 24 * 3_600_000
const LIMIT_BYTES = 1024 * 1024

test('ten years, ten thousand recordings, a receipt every 15 s while they live: all of it has room at once', (t) => {
  const room = new JournalRoom({ limitBytes: () => JOURNAL_BYTES, onRefused() {} })
  const bytes = receiptsBytes([held])
  for (let i = 0; i < 10_000 * 20; i++) room.use(bytes)
  t.ok(room.share < 7 / 8, String(room.share))
  t.ok(room.reserve(64) === 64)
})

test('a day with forty phones that film for ten hours is a tenth of what is had at once', (t) => {
  const room = new JournalRoom({ limitBytes: () => JOURNAL_BYTES, onRefused() {} })
  const bytes = receiptsBytes(Array.from({ length: 40 }, () => held))
  for (let i = 0; i < 10 * 3600; i += 15) room.use(bytes)
  t.ok(room.share < 0.1, String(room.share))
})

test('a member’s room grows by the day, and a stranger’s does not', (t) => {
  t.is(journalLimit(null, 1000 * DAY_MS), STRANGE_JOURNAL_BYTES)
  t.is(journalLimit(0, DAY_MS - 1), JOURNAL_BYTES)
  t.is(journalLimit(0, 10 * DAY_MS), JOURNAL_BYTES + 10 * JOURNAL_BYTES_PER_DAY)
  t.is(journalLimit(5 * DAY_MS, 0), JOURNAL_BYTES, 'a date to come takes nothing')
})

test('what is asked for at one time is never more than there is room for, and refused once', (t) => {
  let refused = 0
  const limitBytes = 10 * (MAX_JOURNAL_BLOCK_BYTES + 256)
  const room = new JournalRoom({ limitBytes: () => limitBytes, onRefused: () => refused++ })
  t.is(room.reserve(6), 6)
  t.is(room.reserve(6), 4)
  t.is(room.reserve(6), 0)
  t.is(refused, 0, 'it may be small what comes')
  for (let i = 0; i < 10; i++) room.use(MAX_JOURNAL_BLOCK_BYTES)
  room.release(10)
  for (let i = 0; i < 3; i++) t.is(room.reserve(6), 0)
  t.is(refused, 1)
})

test('a member that floods its journal fills nobody’s disk, is told of, and silences nobody', async (t) => {
  const { founder, honest, hostile } = await three(t)
  await connect(t, founder, honest)
  await connect(t, hostile, honest)
  await flood(hostile, 150)
  await eventually(() => alarmsOf(honest).includes('journal-flood'))
  const bytes = await bytesOf(honest, hostile)
  t.ok(bytes <= LIMIT_BYTES, String(bytes))
  t.ok(bytes > LIMIT_BYTES / 2, 'what there is room for is here')
  const own = honest.exchange.alarms.all.filter(({ by }) => b4a.equals(by, honest.keys.device))
  t.alike(
    own.map(({ alarm, device }) => [alarm, b4a.equals(device, hostile.keys.device)]),
    [['journal-flood', true]]
  )
  await revoke(founder, hostile)
  t.ok(await eventually(() => honest.circle.roster.active(hostile.keys.device) === null))
})

test('nor does one that begins a new journal again and again', async (t) => {
  const { honest, hostile } = await three(t)
  let liar = hostile
  for (let i = 0; i < 5; i++) {
    const line = await connect(t, liar, honest)
    await flood(liar, 30)
    const enough = Math.min(0.6 * LIMIT_BYTES, 30 * 16_000 * (i + 1))
    await eventually(async () => (await bytesOf(honest, liar)) >= enough)
    line.cut()
    liar.state.journal = null
    liar = await liar.reopen(t)
  }
  const { length } = honest.circle.heads.filter((one) => b4a.equals(one.device, liar.keys.device))
  t.ok(length >= 5, 'as many journals are followed')
  await connect(t, liar, honest)
  t.ok(await eventually(() => alarmsOf(honest).includes('journal-flood')))
  const bytes = await bytesOf(honest, liar)
  t.ok(bytes <= LIMIT_BYTES, String(bytes))
})

test('what had no room is fetched when there is some, and what is here counts after a restart', async (t) => {
  const { honest, hostile, give } = await three(t)
  const line = await connect(t, hostile, honest)
  await flood(hostile, 100)
  await eventually(() => alarmsOf(honest).includes('journal-flood'))
  line.cut()
  const again = await honest.reopen(t)
  await connect(t, hostile, again)
  await new Promise((resolve) => setTimeout(resolve, 1500)) // it would be fetched by then
  t.ok((await bytesOf(again, hostile)) <= LIMIT_BYTES)
  give(4 * LIMIT_BYTES)
  t.ok(await eventually(async () => (await bytesOf(again, hostile)) >= 100 * 16_000))
})

test('a block larger than any entry is not written', async (t) => {
  const { honest, hostile } = await three(t)
  await connect(t, hostile, honest)
  const pair = crypto.keyPair()
  const { circle, keys, store } = hostile
  const core = await store.core(pair.publicKey)
  const large = b4a.alloc(2 * MAX_JOURNAL_BLOCK_BYTES)
  await core.append([b4a.alloc(100), large], { keyPair: pair })
  const head = makeHead(keys, circle.id, { pair, startedAtMs: 1, previous: null })
  await circle.meet([head], [], keys.device)
  await eventually(() => alarmsOf(honest).includes('journal-flood'))
  const copy = await honest.store.core(pair.publicKey)
  t.absent(await copy.has(1))
  await core.close()
  await copy.close()
})

/** A founder, a contact, and one that turned; nobody keeps more than a megabyte of anybody. */
async function three(t: Assert) {
  let limit = LIMIT_BYTES
  const limitBytes = (): number => limit
  const all = await enrolledWith(t, { limitBytes }, 'contact', 'contact')
  const [founder, honest, hostile] = all as [Station, Station, Station]
  return { founder, honest, hostile, give: (bytes: number) => (limit = bytes) }
}

/** Entries of 16 KB. */
async function flood({ circle, keys }: Station, entries: number): Promise<void> {
  for (let atMs = 0; atMs < entries; atMs++) {
    const proof = randomBytes(16_000)
    const body = { alarm: 'silence' as const, recording: null, device: keys.device, proof, atMs }
    await circle.say({ kind: 'alarm', body })
  }
}

/** Bytes of one's journals that are on the other's disk. */
async function bytesOf({ circle, store }: Station, { keys }: Station): Promise<number> {
  let bytes = 0
  for (const { device, signer } of circle.heads) {
    if (!b4a.equals(device, keys.device)) continue
    const core = await store.core(signer)
    for (let i = 0; i < core.length; i++) {
      bytes += (await core.get(i, { wait: false }))?.byteLength ?? 0
    }
    await core.close()
  }
  return bytes
}

function alarmsOf({ exchange }: Station): string[] {
  return exchange.alarms.all.map(({ alarm }) => alarm)
}

function receiptsBytes(receipts: Receipt[]): number {
  const key = { id: b4a.alloc(16), outlineKey: b4a.alloc(32), journalKey: b4a.alloc(32) }
  const place = { journal: b4a.alloc(32), index: 0 }
  return sealJournalEntry(key, place, { kind: 'receipts', body: receipts }).byteLength
}
