import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type Hypercore from 'hypercore'
import { JournalReader } from '../../../core/circle/journal/journal-reader.ts'
import { JournalRoom } from '../../../core/circle/journal/room/journal-room.ts'
import { Slab } from '../../../core/circle/journal/packed-line.ts'
import { KeyRing } from '../../../core/circle/keys/key-ring.ts'
import type { CircleSecret } from '../../../core/encoding/pairing/circle-secret.ts'
import type { EpochId } from '../../../core/types/keys.ts'
import { enrolled, found, revoke } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'

test('entries whose key is not here are kept for when it comes, and those after them read at once', async (t) => {
  const [author, leaver] = (await enrolled(t, 'contact')) as [Station, Station]
  await revoke(author, leaver)
  await say(author, 'locked')
  const { state } = author
  const later = new KeyRing(state.later)
  const ring = new KeyRing([state.secret])
  const { reader, read } = await readerOf(t, author, ring)
  t.is(reader.locked, 1)
  t.ok(read.includes('rekeyed'), 'the new secret is told under the first one')
  t.absent(read.includes('alarm'))
  ring.add(state.later[0]!)
  reader.unlock(epochOf(later, state.later[0]!))
  await reader.settled()
  t.is(reader.locked, 0)
  t.is(read.filter((kind) => kind === 'alarm').length, 1, 'once')
  t.is(reader.skipped, 0)
})

test('an entry that does not open with the key of its epoch is skipped, and hides none', async (t) => {
  const author = await found(t)
  await say(author, 'one')
  const wrong = { get: () => ({ outlineKey: b4a.alloc(32, 1), journalKey: b4a.alloc(32, 1) }) }
  const { reader, read } = await readerOf(t, author, wrong)
  t.alike(read, [])
  t.is(reader.skipped, 2)
  t.is(reader.locked, 0)
})

test('a store whose marks name an entry that it has not does not keep its device busy', async (t) => {
  const author = await found(t)
  const [head] = author.state.heads
  const core = await author.store.core(head!.signer)
  t.teardown(() => core.close(), { order: -1 })
  ;(core.core as any).bitfield.set(core.length, true)
  let looks = 0
  const limitBytes = (): number => {
    if (++looks > 1000) throw new Error('it is asked for again and again')
    return Infinity
  }
  const { reader } = await readerOf(t, author, new KeyRing([author.state.secret]), limitBytes)
  await new Promise((resolve) => setTimeout(resolve, 50))
  reader.keepOn()
  await new Promise((resolve) => setTimeout(resolve, 50))
  t.is(reader.length, core.length, 'what is here is read')
})

test('an entry that a damaged store has lost is looked for now and then, not all the time', async (t) => {
  const author = await found(t)
  for (const text of ['one', 'two', 'three']) await say(author, text)
  const core = await author.store.core(author.state.heads[0]!.signer)
  t.teardown(() => core.close(), { order: -1 })
  await withoutBlock(core, 2)
  const { reader } = await readerOf(t, author, new KeyRing([author.state.secret]))
  let looks = 0
  const get = reader.core.get.bind(reader.core)
  reader.core.get = (index: number, options: object) => {
    looks++
    return get(index, options)
  }
  await new Promise((resolve) => setTimeout(resolve, 50))
  for (let i = 0; i < 3; i++) {
    reader.keepOn()
    await reader.settled()
  }
  t.is(reader.length, 2, 'as far as it goes')
  t.ok(looks > 0 && looks < 20, `${looks} looks`)
})

interface Keys {
  get(id: EpochId): { outlineKey: Uint8Array; journalKey: Uint8Array | null } | null
}

/** A second reader of what a station says, and the kinds of what it has read. */
async function readerOf(
  t: Assert,
  { store, state }: Station,
  ring: Keys,
  limitBytes = (): number => Infinity
) {
  const read: string[] = []
  const reader = new JournalReader({
    store,
    head: state.heads[0]!,
    keyOf: (id) => ring.get(id),
    onLine: ({ entry }) => read.push(entry.kind),
    onWords: () => {},
    slab: new Slab(),
    rounds: null,
    room: new JournalRoom({ limitBytes, onRefused() {} })
  })
  t.teardown(() => reader.close(), { order: -2 })
  await reader.ready()
  return { reader, read }
}

function epochOf(ring: KeyRing, secret: CircleSecret): EpochId {
  return ring.add(secret).id
}

function say({ circle, keys }: Station, text: string): Promise<void> {
  const proof = b4a.from(text)
  const body = { alarm: 'silence' as const, recording: null, device: keys.device, proof, atMs: 1 }
  return circle.say({ kind: 'alarm', body })
}

/** Its marks still name the block. */
async function withoutBlock(core: Hypercore, index: number): Promise<void> {
  const tx = (core.core as any).state.storage.write()
  tx.deleteBlock(index)
  await tx.flush()
}
