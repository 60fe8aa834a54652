// What a revoked device still gets from the members, however it asks: with its own keys, everything it
// ever had, and the whole source. Its links to them stand, as they do where two share another circle, and
// nobody turns it away at the door: what is tried here is what stands behind the door.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { deviceTag } from '../../core/recording/tags.ts'
import { RecordingReader, readPublicHeader } from '../../core/recording/reader.ts'
import { coreKey } from '../../core/encoding/core-key.ts'
import { relaySecretIn, tagKey } from '../../core/circle/keys/secrets.ts'
import type { Link } from '../../core/types/link.ts'
import { shoot, shootOn } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { agree, connect, enrol, enrolled, plug, revoke } from '../helpers/devices/station.ts'
import type { Station } from '../helpers/devices/station.ts'
import { wire } from '../helpers/devices/wire.ts'
import { made, reaches, replicaAt } from '../replica/held.ts'

test('a revoked device gets no new block, entry or head over the links it has', async (t) => {
  const all = await seized(t)
  const { author, thief, before } = all
  await revoke(author, thief)
  await goOn(t, all)
  t.alike(await holdings(thief), before)
})

test('nor an entry from a member that hears of it later, nor anything once that one has', async (t) => {
  const all = await seized(t)
  const { author, other, thief, film } = all
  const link = await connect(t, other, thief)
  await eventually(() => sameLines(other, thief))
  const journal = thief.circle.journals.find(({ key }) => b4a.equals(key, journalOf(author)))!
  const { length } = journal
  await revoke(author, thief)
  await eventually(() => other.circle.roster.active(thief.keys.device) === null)
  await eventually(() => thief.exchange.peers.length === 0) // what was under way has arrived
  const before = await holdings(thief)
  await goOn(t, all)
  await reaches(await replicaAt(other, film.parts.at(-1)!.key), made(film.parts.at(-1)!))
  t.absent(link.a.closed, 'the link stands')
  t.alike(await holdings(thief), before)
  t.is(journal.length, length, 'nothing of what the author said since')
})

test('nor where it dials anew, opens the channel by hand, and asks for every core by its key', async (t) => {
  const all = await seized(t)
  const { author, other, thief, film, before } = all
  await revoke(author, thief)
  await goOn(t, all)
  const part = film.parts.at(-1)!
  await reaches(await replicaAt(other, part.key), made(part))
  const wanted = await thief.store.core(part.announced.signer)
  t.teardown(() => wanted.close(), { order: -2 })
  for (const member of [author, other]) {
    const link = await dial(t, thief, member)
    for (const core of [wanted, ...thief.circle.journals, ...coresOf(thief)]) {
      thief.store.attach(core, link)
    }
    t.absent(await opensChannel(link, thief.circle.channel), 'the control channel is refused')
    t.is(member.exchange.peerOf(thief.keys.device), null)
    t.absent(wanted.peers.some(({ protomux }) => protomux === link.mux))
  }
  t.is(wanted.length, 0)
  t.alike(await holdings(thief), before)
})

test('nor a head, an address or a name of who comes after it', async (t) => {
  const { author, other, thief, before } = await seized(t)
  await revoke(author, thief)
  await agree(author, other, thief)
  const newcomer = await enrol(t, author)
  await connect(t, author, newcomer)
  await newcomer.circle.say(note())
  await eventually(() => other.circle.heads.length > before.heads)
  t.is(thief.circle.heads.length, before.heads)
  t.is(thief.circle.roster.find(newcomer.keys.device), null)
})

test('what is filmed after a revocation opens with nothing the revoked device has, nor can be told whose it is', async (t) => {
  const all = await seized(t)
  const { author, other, thief, film } = all
  await revoke(author, thief)
  await goOn(t, all)
  const part = film.parts.at(-1)!
  t.ok(film.parts.length > 1, 'a new part has begun')
  const copy = await replicaAt(other, part.key)
  await reaches(copy, 1)
  const block0 = (await (await copy.wake()).get(0, { wait: false }))!
  const unwrap = (box: Uint8Array): Uint8Array | null => thief.keys.unwrap(box)
  t.is(RecordingReader.find(part.key, block0, unwrap), null)
  const tags = [thief.state.secret, ...thief.state.later].map((secret) =>
    deviceTag(tagKey(relaySecretIn(secret)), author.keys.device, part.key)
  )
  const shown = readPublicHeader(block0).deviceTag
  t.absent(tags.some((tag) => b4a.equals(tag, shown)))
})

test('what it had before stays with it and with the others', async (t) => {
  const { author, other, thief, film, own } = await seized(t)
  await revoke(author, thief)
  for (const member of [author, other]) {
    const held = await replicaAt(member, own)
    t.ok(held.length > 0)
    t.absent(member.exchange.isApart(held))
  }
  await film.stop('stopped')
  await agree(author, other, thief)
  const late = await enrol(t, author)
  await connect(t, author, late)
  await reaches(await replicaAt(late, own), author.exchange.replica(own)!.length)
  t.pass('and is handed on to who comes later')
})

/** A circle of three, one of which is about to be revoked in mid-film; all are linked with the author. */
async function seized(t: Assert) {
  const [author, other, thief] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, thief)
  await connect(t, author, other)
  const its = thief.film(t)
  await shoot(its, 4)
  await its.stop('stopped')
  const film = author.film(t)
  await shoot(film, 4)
  const [own, part] = [its.parts[0]!, film.parts[0]!]
  for (const one of [author, other]) await reaches(await replicaAt(one, own.key), made(own))
  for (const one of [thief, other]) await reaches(await replicaAt(one, part.key), made(part))
  for (const { keys } of [author, other]) {
    const held = await replicaAt(thief, own.key)
    await eventually(() => held.receipts.journaledOf(keys.device) === own.end) // else it is said later
  }
  await eventually(() => sameLines(thief, author) && sameLines(other, author))
  return { author, other, thief, film, own: own.key, before: await holdings(thief) }
}

type Seized = Awaited<ReturnType<typeof seized>>

/** The circle goes on: it films and says things. Everything has passed between the members at the end. */
async function goOn(t: Assert, { author, other, thief, film }: Seized): Promise<void> {
  await shootOn(film, 4, 12)
  await author.circle.say(note())
  await film.stop('stopped')
  await agree(author, other, thief)
  const witness = await enrol(t, author)
  await connect(t, author, witness)
  await reaches(await replicaAt(witness, film.parts.at(-1)!.key), made(film.parts.at(-1)!))
}

/** How far everything reaches that a station has of others. */
async function holdings(station: Station) {
  const { circle, exchange, state } = station
  const others = circle.journals.filter(({ key }) => !b4a.equals(key, journalOf(station)))
  const cores = [...others, ...exchange.replicas.map((replica) => replica.core!)]
  return {
    lengths: cores.flatMap(({ length, contiguousLength }) => [length, contiguousLength]),
    heads: state.heads.length
  }
}

function journalOf({ state }: Station): Uint8Array {
  return coreKey(state.journal!.head.signer)
}

function coresOf({ exchange }: Station) {
  return exchange.replicas.flatMap(({ core }) => core ?? [])
}

function sameLines(a: Station, b: Station): boolean {
  return a.circle.lines.length === b.circle.lines.length
}

/** A new link, as if nobody had been turned away in the handshake. */
async function dial(t: Assert, thief: Station, member: Station): Promise<Link> {
  const { a, b } = await wire(t, thief.keys.noise, member.keys.noise)
  plug(member, b)
  return a
}

async function opensChannel(link: Link, id: Uint8Array): Promise<boolean> {
  const channel: any = link.mux.createChannel({ protocol: 'temoin/control/1', id, messages: [] })
  channel.open()
  return channel.fullyOpened()
}

function note() {
  const body = {
    alarm: 'silence' as const,
    recording: null,
    device: b4a.alloc(32, 9),
    proof: b4a.alloc(0),
    atMs: 1
  }
  return { kind: 'alarm' as const, body }
}
