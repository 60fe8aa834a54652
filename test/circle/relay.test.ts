// A relay among real devices: it is told all it needs to hold a circle's films, and nothing by which
// anybody could be known; also where it is seized, turns hostile, or becomes something else.

import b4a from 'b4a'
import test from 'brittle'
import { KeyRing } from '../../core/circle/keys/key-ring.ts'
import { epochOf, openJournalEntry } from '../../core/circle/journal/journal-cipher.ts'
import { seenBy } from '../../core/circle/journal/seen-by.ts'
import { hex } from '../../core/encoding/hex.ts'
import type { JournalEntry } from '../../core/encoding/journal/journal-entry.ts'
import type { Role } from '../../core/types/keys.ts'
import { shoot } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { silentText } from '../helpers/rosters/histories.ts'
import { connect, enrol, enrolled, revoke } from '../helpers/devices/station.ts'
import type { Station } from '../helpers/devices/station.ts'
import { made, reaches, replicaAt } from '../replica/held.ts'
import { newKeys, note, notesOf } from './members.ts'

test('a relay has the roster that everybody has, and nobody has a name there', async (t) => {
  const [ana, relay, ben] = (await enrolled(t, 'relay', 'organiser')) as Three
  await connect(t, ana, relay)
  await connect(t, ana, ben)
  await revoke(ana, await enrol(t, ana))
  await eventually(() => relay.circle.roster.members.length === 4 && hasAll(relay, ana))
  await eventually(() => ben.circle.roster.members.length === 4 && hasAll(ben, ana))
  t.is(silentText(relay.circle.roster), silentText(ana.circle.roster))
  t.is(silentText(ben.circle.roster), silentText(ana.circle.roster))
  t.alike(namesAt(relay), ['', '', '', ''])
  t.alike(namesAt(ben).sort(), ['contact', 'founder', 'organiser', 'relay'])
  t.is(relay.circle.name, hex(relay.circle.id).slice(0, 8))
  t.is(relay.circle.roster.history.filter(({ reason }) => reason !== '').length, 0)
})

test('a seized relay opens no words with all it has, in any epoch', async (t) => {
  const [ana, relay, cleo] = (await enrolled(t, 'relay', 'contact')) as Three
  await connect(t, ana, relay)
  await ana.circle.say(note('in the first'))
  await revoke(ana, cleo)
  await ana.circle.say(note('in the second'))
  await eventually(() => hasAll(relay, ana))
  const { secret, later } = relay.state
  t.is(later.length, 1, 'it follows the circle into its new epoch')
  t.absent([secret, ...later].some(({ whole }) => whole))
  const ring = new KeyRing([secret, ...later])
  let worded = 0
  for (const core of relay.circle.journals) {
    for (let index = 0; index < core.length; index++) {
      const block = (await core.get(index, { wait: false }))!
      const key = ring.get(epochOf(block))!
      const { entry, isMuted } = openJournalEntry(key, { journal: core.key, index }, block)
      if (isMuted) worded++
      const text = JSON.stringify(entry)
      if (/"(name|deviceName|reason)":"[^"]/.test(text)) t.fail(text)
    }
  }
  t.ok(worded > 5, 'though there were words')
})

test('receipts of a relay count for everybody, and it signs for all of a film it cannot open', async (t) => {
  const [ana, relay, ben] = (await enrolled(t, 'relay', 'contact')) as Three
  await connect(t, ana, relay)
  const film = ana.film(t)
  await shoot(film, 6)
  await film.stop('stopped')
  const part = film.parts[0]!
  await eventually(() => part.receipts.of(relay.keys.device)?.length === made(part))
  const held = await replicaAt(relay, part.key)
  await eventually(() => held.isClosedToUs) // it signs first, and looks into it then
  await ana.close()
  await connect(t, relay, ben)
  const copy = await replicaAt(ben, part.key)
  t.ok(await reaches(copy, made(part)), 'it serves it where its author is gone')
  await eventually(() => copy.receipts.of(relay.keys.device)?.length === made(part))
})

test('a relay whose disk is slow says so once it knows that it cannot read what it has signed for', async (t) => {
  const [ana, relay] = (await enrolled(t, 'relay')) as [Station, Station]
  const film = ana.film(t)
  const letRead = holdReads(relay, (key) => film.parts.some((part) => b4a.equals(part.key, key)))
  await connect(t, ana, relay)
  await shoot(film, 6)
  await film.stop('stopped')
  const part = film.parts[0]!
  const held = await replicaAt(relay, part.key)
  await eventually(() => part.receipts.of(relay.keys.device)?.length === made(part))
  await eventually(() => held.end === made(part))
  t.absent(held.isClosedToUs)
  let isTold = false
  relay.exchange.on('progress', (one) => (isTold ||= one === held && held.isClosedToUs))
  letRead()
  await eventually(() => isTold)
})

test('who was away reads all of it, words and a new secret too, from a relay that reads none', async (t) => {
  const [ana, relay, ben, cleo] = (await enrolled(t, 'relay', 'contact', 'contact')) as Four
  await connect(t, ana, relay)
  await revoke(ana, cleo)
  await ana.circle.say(note('said meanwhile'))
  await eventually(() => hasAll(relay, ana))
  await ana.close()
  await connect(t, relay, ben)
  await eventually(() => notesOf(ben).includes('said meanwhile'))
  t.is(ben.circle.readers.locked, 0)
  t.alike(namesAt(ben).sort(), ['contact', 'contact', 'founder', 'relay'])
})

test('a relay that says what it may not changes nothing, and nobody takes its place', async (t) => {
  const [ana, relay, ben] = (await enrolled(t, 'relay', 'contact')) as Three
  await connect(t, ana, relay)
  const before = silentText({ ...ana.circle.roster, history: [] } as never)
  const { device } = ben.keys
  const seen = seenBy(relay.circle.lines)
  const about = { atMs: 5, seen }
  await relay.circle.say({ kind: 'member-revoked', body: { device, reason: 'no', ...about } })
  const whom = { ...newKeys().signedBox, role: 'organiser' as const, name: 'puppet' }
  await relay.circle.say({ kind: 'member-added', body: { ...whom, ...about } })
  await relay.circle.say(roleOf(relay, 'organiser', relay))
  await relay.circle.say({ kind: 'own-device', body: { device, ...about } })
  await eventually(() => hasAll(ana, relay))
  t.is(silentText({ ...ana.circle.roster, history: [] } as never), before)
  const said = ana.circle.roster.history.filter(({ by }) => b4a.equals(by, relay.keys.device))
  t.alike(
    said.map(({ kind, state }) => `${kind} ${state}`),
    ['member-revoked void', 'member-added void', 'role-changed void', 'own-device effective']
  )
})

test('a relay that is made a contact is told all names, and still knows them after a restart', async (t) => {
  const [ana, relay] = (await enrolled(t, 'relay')) as [Station, Station]
  await connect(t, ana, relay)
  await ana.circle.say({ kind: 'named', body: { name: 'Ana', atMs: 5 } })
  await ana.circle.say(note('before'))
  await eventually(() => hasAll(relay, ana))
  t.absent(relay.circle.epochs.isWhole)
  t.is(relay.circle.namesSaidBy(ana.keys.device).length, 0)
  await ana.circle.say(roleOf(ana, 'contact', relay))
  await eventually(() => relay.circle.epochs.isWhole)
  await eventually(() => namesAt(relay).includes('Ana'))
  t.is(relay.circle.roster.members[0]!.addedAs, 'founder')
  await eventually(() => notesOf(relay).includes('before'))
  t.is(relay.circle.name, 'circle')
  const again = await relay.reopen(t)
  t.ok(again.circle.epochs.isWhole)
  t.alike(namesAt(again).sort(), ['Ana', 'relay'])
  t.is(again.circle.name, 'circle')
})

test('a contact that is made a relay reads no words of what is said from then on', async (t) => {
  const [ana, ben, cleo] = (await enrolled(t, 'contact', 'contact')) as Three
  await connect(t, ana, ben)
  await connect(t, ana, cleo)
  await ana.circle.say(roleOf(ana, 'relay', ben))
  await second(ana, cleo)
  await eventually(() => ben.circle.roster.find(ben.keys.device)?.role === 'relay')
  await eventually(() => ben.state.later.length > 0 && ana.state.later.length > 0)
  await ana.circle.say(note('not for relays'))
  await eventually(() => hasAll(ben, ana))
  t.alike(
    ben.state.later.map(({ whole }) => whole),
    [false]
  )
  t.absent(notesOf(ben).includes('not for relays'))
  await eventually(() => notesOf(cleo).includes('not for relays'))
  await ben.circle.say(note('by a relay'))
  await eventually(() => hasAll(cleo, ben))
  t.absent(notesOf(cleo).includes('by a relay'), 'nor does it write any')
})

/** Of a core that is meant nothing is read at `station` until the returned function is called. */
function holdReads({ store }: Station, isMeant: (key: Uint8Array) => boolean): () => void {
  let letRead = (): void => {}
  const gate = new Promise<void>((resolve) => (letRead = resolve))
  const open = store.core.bind(store)
  store.core = async (...args) => {
    const core = await open(...args)
    const get = core.get.bind(core)
    core.get = async (...asked) => {
      if (isMeant(core.key)) await gate
      return get(...asked)
    }
    return core
  }
  return letRead
}

type Three = [Station, Station, Station]
type Four = [Station, Station, Station, Station]

function roleOf({ circle }: Station, role: Role, { keys }: Station): JournalEntry {
  const body = { device: keys.device, role, atMs: 3, seen: seenBy(circle.lines) }
  return { kind: 'role-changed', body }
}

/** `other` stands by the last change of a role that `by` made. */
async function second(by: Station, other: Station): Promise<void> {
  await eventually(() => hasAll(other, by))
  const { circle } = other
  const line = circle.lines.findLast(({ entry }) => entry.kind === 'role-changed')!
  const { journal, index, entry } = line
  const { device } = entry.body as { device: Uint8Array }
  await circle.say({
    kind: 'seconded',
    body: { device, journal, index, atMs: 4, seen: seenBy(circle.lines) }
  })
}

function namesAt({ circle }: Station): string[] {
  return circle.roster.members.map(({ name }) => name)
}

/** `station` has read all that `author` has said. */
function hasAll({ circle }: Station, author: Station): boolean {
  const said = ({ circle }: Station): number =>
    circle.lines.filter(({ device }) => b4a.equals(device, author.keys.device)).length
  return circle.lines.length > 0 && said({ circle } as Station) === said(author)
}
