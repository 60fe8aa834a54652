// A circle that is re-keyed, by real devices: who reads on, who does not, whoever was parted meanwhile.

import b4a from 'b4a'
import test from 'brittle'
import { openJournalEntry, epochOf } from '../../../core/circle/journal/journal-cipher.ts'
import { KeyRing } from '../../../core/circle/keys/key-ring.ts'
import { makeRekeyed } from '../../../core/circle/keys/rekeying.ts'
import type { JournalLine } from '../../../core/circle/roster.ts'
import type { Rekeyed } from '../../../core/encoding/journal/journal-entry.ts'
import { eventually } from '../../helpers/eventually.ts'
import { agree, connect, enrol, enrolled, revoke, Station } from '../../helpers/devices/station.ts'
import { hex } from '../../../core/encoding/hex.ts'
import { note, notesOf } from '../members.ts'

test('what is said after a revocation opens for the members, and not with what the revoked one has', async (t) => {
  const [ana, ben, cleo] = (await enrolled(t, 'contact', 'contact')) as [Station, Station, Station]
  await connect(t, ana, ben)
  await ana.circle.say(note('before'))
  const ring = ringOf(cleo)
  await revoke(ana, cleo)
  await ana.circle.say(note('after'))
  await eventually(() => notesOf(ben).includes('after'))
  await ben.circle.say(note('so say I'))
  await eventually(() => notesOf(ana).includes('so say I'))
  for (const station of [ana, ben]) {
    const opened = await openedWith(ring, station)
    t.absent(opened.includes('after') || opened.includes('so say I'))
  }
  t.ok((await openedWith(ring, ana)).includes('before'), 'it keeps what it could read')
})

test('a member that was out of reach comes back, restarts, and reads on in the new epoch', async (t) => {
  const [ana, ben, cleo, dora] = (await enrolled(t, 'contact', 'contact', 'contact')) as Station[]
  await connect(t, ana!, ben!)
  await revoke(ana!, cleo!)
  await ana!.circle.say(note('one'))
  await eventually(() => notesOf(ben!).includes('one'))
  await ben!.circle.say(note('two'))
  const back = await dora!.reopen(t)
  t.absent(notesOf(back).includes('one'))
  await connect(t, back, ben!)
  await eventually(() => ['one', 'two'].every((each) => notesOf(back).includes(each)))
  t.is(back.circle.readers.locked, 0)
  await back.circle.say(note('three'))
  await eventually(() => notesOf(ben!).includes('three'))
  t.absent((await openedWith(ringOf(cleo!), back)).includes('three'))
  const again = await back.reopen(t)
  t.ok(['one', 'two', 'three'].every((each) => notesOf(again).includes(each)))
})

test('who joins later reads all that was ever said', async (t) => {
  const [ana, ben, cleo, dora] = (await enrolled(t, 'contact', 'contact', 'contact')) as [
    Station,
    Station,
    Station,
    Station
  ]
  await connect(t, ana, ben)
  await ana.circle.say(note('in the first epoch'))
  await revoke(ana, cleo)
  await ana.circle.say(note('in the second'))
  await agree(ana, ben, cleo)
  await revoke(ana, dora)
  await agree(ana, ben, dora)
  await ana.circle.say(note('in the third'))
  const emil = await enrol(t, ana)
  await connect(t, ana, emil)
  const said = ['in the first epoch', 'in the second', 'in the third']
  await eventually(() => said.every((each) => notesOf(emil).includes(each)))
  await emil.circle.say(note('hello'))
  await eventually(() => notesOf(ana).includes('hello'))
  t.alike(epochsUsed(ana), epochsUsed(emil), 'and nobody had to re-key for it')
})

test('two organisers who revoke two devices while parted agree on a third secret when they meet', async (t) => {
  const [ana, ben, cleo, dora] = (await enrolled(t, 'organiser', 'contact', 'contact')) as Station[]
  await Promise.all([revoke(ana!, cleo!), revoke(ben!, dora!)])
  await ana!.circle.say(note('ana alone'))
  await ben!.circle.say(note('ben alone'))
  await connect(t, ana!, ben!)
  const told = ['ana alone', 'ben alone']
  await eventually(() =>
    [ana!, ben!].every((one) => told.every((each) => notesOf(one).includes(each)))
  )
  await eventually(() => epochsUsed(ana!).length >= 3 && epochsUsed(ben!).length >= 3)
  await ana!.circle.say(note('ana together'))
  await ben!.circle.say(note('ben together'))
  await eventually(() => notesOf(ana!).includes('ben together'))
  await eventually(() => notesOf(ben!).includes('ana together'))
  for (const revoked of [cleo!, dora!]) {
    for (const station of [ana!, ben!]) {
      const opened = await openedWith(ringOf(revoked), station)
      t.absent(opened.some((each) => each.endsWith('together')))
    }
  }
  t.alike(lastEpochOf(ana!), lastEpochOf(ben!))
})

test('where the organiser whose turn it is stays away, another re-keys', async (t) => {
  const stations = (await enrolled(t, 'organiser', 'organiser', 'contact')) as Station[]
  const [first, second, third] = stations.slice(0, 3).sort(byDevice) as [Station, Station, Station]
  const leaver = stations[3]!
  await connect(t, second, leaver)
  await revoke(leaver, leaver) // it cannot make the secret that shuts it out
  await connect(t, second, third)
  await eventually(() => lastEpochOf(second) !== '' && lastEpochOf(third) !== '')
  await second.circle.say(note('shut'))
  await eventually(() => notesOf(third).includes('shut'))
  t.absent((await openedWith(ringOf(leaver), second)).includes('shut'))
  t.is(lastEpochOf(first), '', 'it has not heard of any of this')
})

test('a member that an organiser leaves out of one secret after another is given each of them', async (t) => {
  const stations = (await enrolled(t, 'organiser', 'contact')) as Station[]
  const [honest, hostile] = stations.slice(0, 2).sort(byDevice) as [Station, Station]
  const left = stations[2]!
  await connect(t, honest, hostile)
  await connect(t, honest, left)
  for (let times = 1; times <= 2; times++) {
    const body = secretFor(hostile, [honest, hostile])
    await hostile.circle.say({ kind: 'rekeyed', body })
    await eventually(() => left.circle.epochs.keyOf(body.epoch) !== null)
    t.is(rekeyedBy(left, honest), times, 'by the honest one, whose turn it is')
  }
})

test('who was let in by one who had not heard of the new secret reads what was said under it', async (t) => {
  const [ana, ben, cleo] = (await enrolled(t, 'organiser', 'contact')) as [
    Station,
    Station,
    Station
  ]
  await revoke(ana, cleo)
  await ana.circle.say(note('said meanwhile'))
  const emil = await enrol(t, ben)
  await connect(t, ben, emil)
  await connect(t, ana, ben)
  await eventually(() => notesOf(emil).includes('said meanwhile'))
  t.is(emil.circle.readers.locked, 0)
})

test('a revoked device stays out where the journals that say so are lost with the store', async (t) => {
  const [ana, ben] = (await enrolled(t, 'contact')) as [Station, Station]
  await revoke(ana, ben)
  await ana.close()
  const state = { ...ana.state, journal: null, heads: [] }
  const again = await Station.open(t, { keys: ana.keys, state })
  t.is(again.circle.roster.members.length, 0)
  t.absent(again.circle.admits(ben.keys.device))
})

/** All the secrets a device has. */
function ringOf({ state }: Station): KeyRing {
  return new KeyRing([state.secret, ...state.later])
}

/** What somebody reads who has these secrets, and every journal block that `station` has. */
async function openedWith(ring: KeyRing, { circle }: Station): Promise<string[]> {
  const notes: string[] = []
  for (const core of circle.journals) {
    for (let i = 0; i < core.contiguousLength; i++) {
      const block = (await core.get(i, { wait: false }))!
      const key = ring.get(epochOf(block))
      if (key === null) continue
      const { entry } = openJournalEntry(key, { journal: core.key, index: i }, block)
      if (entry?.kind === 'member-revoked') notes.push(entry.body.reason)
    }
  }
  return notes
}

/** A new secret as `maker` makes it, for these devices alone. */
function secretFor({ state }: Station, stations: Station[]): Rekeyed {
  const members = stations.map(({ keys }) => ({
    device: keys.device,
    box: keys.box,
    isRelay: false
  }))
  return makeRekeyed({ members, without: [], older: [state.secret.bytes], atMs: Date.now() })
}

function rekeyedBy({ circle }: Station, { keys }: Station): number {
  const isTheirs = ({ entry, device }: JournalLine): boolean =>
    entry.kind === 'rekeyed' && b4a.equals(device, keys.device)
  return circle.lines.filter(isTheirs).length
}

/** Names of the epochs that were made, in any order. */
function epochsUsed({ circle }: Station): string[] {
  return circle.lines
    .flatMap(({ entry }) => (entry.kind === 'rekeyed' ? [entry.body.epoch] : []))
    .map(hex)
    .sort()
}

/** The later secret in use, or nothing. */
function lastEpochOf({ state }: Station): string {
  const last = state.later.at(-1)
  return last === undefined ? '' : hex(last.bytes)
}

function byDevice(a: Station, b: Station): number {
  return b4a.compare(b4a.from(a.keys.device), b4a.from(b.keys.device))
}
