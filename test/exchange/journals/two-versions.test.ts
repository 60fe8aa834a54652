// A device that writes its journal in two versions, and shows one to these and the other to those.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { coreKey } from '../../../core/encoding/core-key.ts'
import { hex } from '../../../core/encoding/hex.ts'
import type { JournalHead } from '../../../core/encoding/journal/journal-head.ts'
import type { RaisedAlarm } from '../../../core/exchange/alarms/alarms.ts'
import { eventually } from '../../helpers/eventually.ts'
import {
  connect,
  enrolled,
  enrolledWith,
  fastClock,
  Station
} from '../../helpers/devices/station.ts'
import type { StationOptions } from '../../helpers/devices/station.ts'
import { byHand } from '../../replica/hostile/by-hand.ts'
import { agree, journalChannels, says } from './spreading.ts'

const LONG = { timeout: 300_000 }

test('a journal in two versions that are equally long is told with proof on both sides', async (t) => {
  const { liar, left, right } = await forked(t)
  await show(t, liar, left)
  await connect(t, left, right)
  for (const station of [left, right]) await isTold(t, station, liar)
})

test('so it is where one version is longer, and whoever has it is not asked again', async (t) => {
  const { liar, twin, left, right } = await forked(t)
  await says(twin, 2)
  await show(t, twin, right)
  await show(t, liar, left)
  await connect(t, left, right)
  for (const station of [left, right]) await isTold(t, station, liar)
  t.ok(left.exchange.peerOf(right.keys.device)!.journals.hasRival(idOf(liar)))
})

test('what two had open to each other is told once more when it is closed, with its hash', async (t) => {
  const [author, witness] = await enrolledWith(t, { clock: fastClock(20) }, 'contact')
  await says(witness)
  const { core } = witness.circle.readers.get(idOf(witness))!
  await show(t, witness, author)
  const { link, journals } = await byHand(t, witness, author)
  await eventually(() => journals.length > 0)
  journals.length = 0
  const opened = new Promise((resolve) => void core.once('peer-add', resolve))
  witness.store.attach(core, link.a)
  await opened
  const told = await eventually(() => journals.find(({ journal }) => b4a.equals(journal, core.key)))
  t.alike(told, { journal: core.key, length: 1, treeHash: await core.treeHash() })
})

test(
  'of two versions nothing is fetched from who has the other one, and the rest goes on',
  LONG,
  async (t) => {
    const { liar, twin, left, right } = await forked(t, { clock: fastClock(20) })
    await show(t, liar, left)
    await connect(t, left, right)
    for (const station of [left, right]) await isTold(t, station, liar)
    await eventually(() => journalChannels(left) + journalChannels(right) === 0)
    let opened = 0
    left.circle.readers.get(idOf(liar))!.core.on('peer-add', () => opened++)
    await says(twin, 2)
    await show(t, twin, right)
    const { journals } = left.exchange.peerOf(right.keys.device)!
    await eventually(() => journals.lengthOf(idOf(liar)) === lengthAt(right, liar))
    await says(right)
    await eventually(() => lengthAt(left, right) === lengthAt(right, right))
    t.is(opened, 0, 'it stays closed')
    t.is(lengthAt(left, liar), 1, 'and each keeps what it was shown')
  }
)

test('a member that names a false hash accuses nobody, and keeps nobody from anything', async (t) => {
  const [author, witness, victim] = await enrolled(t, 'contact', 'contact')
  await says(author)
  const wire = await connect(t, author, victim)
  await agree([author, victim])
  const [journal, length] = [coreKey(headOf(author).signer), lengthAt(victim, author)]
  const { channel } = await byHand(t, witness, victim)
  channel.tellJournals([{ journal, length, treeHash: b4a.alloc(32, 7) }])
  const peer = victim.exchange.peerOf(witness.keys.device)!
  await eventually(() => peer.journals.hasRival(hex(journal)))
  await says(author)
  await agree([author, victim])
  wire.cut()
  t.alike(victim.attempts, [])
  t.is(victim.exchange.alarms.all.length, 0)
})

/** A member with two stores behind one key: another version of its journal in each, one shown to `right`. */
async function forked(t: Assert, options: StationOptions = {}) {
  const [left, right, liar] = await enrolledWith(t, options, 'contact', 'contact')
  await says(liar)
  const state = { ...liar.state, heads: [...liar.state.heads] }
  const empty = await Station.open(t, { ...options, keys: liar.keys, state })
  state.journal = liar.state.journal // which it gives up where its disk is new
  const twin = await empty.reopen(t)
  await says(twin)
  t.is(headOf(twin), headOf(liar), 'one journal')
  await show(t, twin, right)
  return { liar, twin, left, right }
}

async function show(t: Assert, by: Station, to: Station): Promise<void> {
  const wire = await connect(t, by, to)
  await eventually(() => lengthAt(to, by) === lengthAt(by, by))
  wire.cut()
  await eventually(() => to.exchange.peerOf(by.keys.device) === null)
}

async function isTold(t: Assert, { exchange }: Station, liar: Station): Promise<void> {
  const find = (): RaisedAlarm | undefined =>
    exchange.alarms.all.find(({ alarm }) => alarm === 'rival-history')
  const { device, recording, isProven } = (await eventually(find))!
  t.alike([device, recording], [liar.keys.device, null])
  t.ok(isProven, 'and anyone can check it')
}

function headOf({ state }: Station): JournalHead {
  return state.journal!.head
}

/** Entries that `station` has read of the journal of `by`. */
function lengthAt({ circle }: Station, by: Station): number {
  return circle.readers.get(idOf(by))?.length ?? 0
}

function idOf(station: Station): string {
  return hex(coreKey(headOf(station).signer))
}
