// A holder within limits of its own: what it takes in, what it goes on with, what the author sees of it.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Room } from '../../../core/encoding/control.ts'
import type { Film } from '../../../core/filming/film.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { shoot, shootOn } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolled, Station } from '../../helpers/devices/station.ts'
import { reaches, replicaAt } from '../../replica/held.ts'
import { wholeAt } from '../../replica/filmed.ts'

test('a recording that there is no room for is not even opened, and taken as soon as there is', async (t) => {
  const { author, relay } = await archived(t)
  setRoom(relay, 'none')
  await eventually(() => author.exchange.peerOf(relay.keys.device)!.full)
  const part = await wholeAt(t, author)
  await eventually(() => relay.exchange.refused === 1)
  t.is(relay.exchange.replica(part.key), null, 'nothing of it is here')
  t.is(part.receipts.of(relay.keys.device), null, 'and nobody is told that it is')
  setRoom(relay, 'open')
  await reaches(await replicaAt(relay, part.key), part.end!)
  t.is(relay.exchange.refused, 0)
  await eventually(() => part.receipts.of(relay.keys.device)?.length === part.end)
})

test('near the limit what has begun goes on, its next part too, and nothing new is taken', async (t) => {
  const { author, relay } = await archived(t)
  const clock = { ms: 0, now: () => Date.now(), monotonicMs: () => clock.ms }
  const film = author.film(t, { rotateAfterMs: 300, clock })
  await shoot(film, 4)
  const live = film.parts[0]!
  await reaches(await replicaAt(relay, live.key), 4)
  setRoom(relay, 'begun')
  const peer = author.exchange.peerOf(relay.keys.device)!
  await eventually(() => peer.room === 'begun')
  await eventually(() => live.receipts.of(relay.keys.device) !== null)
  t.absent(peer.isFullFor(live.receipts.of(relay.keys.device)!.length), 'not full for this film')
  t.ok(peer.isFullFor(0), 'but for any other')

  clock.ms += 310
  await shootOn(film, 4, 12)
  const next = film.parts[1]!
  await film.stop('stopped')
  await reaches(await replicaAt(relay, live.key), live.end!)
  await reaches(await replicaAt(relay, next.key), next.end!)

  const other = author.film(t)
  await shoot(other, 4)
  const late = other.parts[0]!
  await other.stop('stopped')
  await eventually(() => relay.exchange.refused === 1)
  t.is(relay.exchange.replica(late.key), null)
})

test('what was begun stands still where there is no room at all, and goes on from there', async (t) => {
  const { author, relay } = await archived(t)
  const film = author.film(t)
  await shoot(film, 4)
  const part = film.parts[0]!
  const copy = await replicaAt(relay, part.key)
  await reaches(copy, 4)
  setRoom(relay, 'none')
  await eventually(() => author.exchange.peerOf(relay.keys.device)!.isFullFor(4))
  const { length } = copy
  await shootOn(film, 4, 12)
  await film.stop('stopped')
  t.ok(copy.length < part.length, `${copy.length} of ${part.length} blocks, ${length} before`)
  setRoom(relay, 'open')
  await reaches(copy, part.end!)
})

test('what was held before a restart is served though there is no room', async (t) => {
  const [author, relay, reader] = await enrolled(t, 'relay', 'keeper')
  await connect(t, author, relay)
  const part = await wholeAt(t, author, relay)
  await author.close()
  await relay.close()
  const again = await reopened(t, relay, 'none')
  await connect(t, again, reader)
  await reaches(await replicaAt(reader, part.key), part.end!)
})

test('after a restart what is here counts as it is, and what there was no room for is still refused', async (t) => {
  const { author, relay } = await archived(t)
  const kept = author.film(t)
  await shoot(kept, 4)
  const { key, end } = await whole(kept)
  await reaches(await replicaAt(relay, key), end!)
  const { takenBytes } = await replicaAt(relay, key)
  setRoom(relay, 'none')
  await eventually(() => author.exchange.peerOf(relay.keys.device)!.full)
  const other = author.film(t)
  await shoot(other, 4)
  const refused = await whole(other)
  await eventually(() => relay.exchange.refused === 1)
  await relay.close()

  const again = await reopened(t, relay, 'none')
  t.is(again.exchange.replica(key)!.core, null, 'it rests')
  t.is(again.exchange.replica(key)!.takenBytes, takenBytes)
  t.ok(takenBytes! > 256 * end!, 'blocks of a byte cost the disk as well')
  t.is(again.exchange.refused, 1)
  t.is(again.exchange.replica(refused.key), null)
})

async function archived(t: Assert): Promise<{ author: Station; relay: Station }> {
  const [author, relay] = await enrolled(t, 'relay')
  await connect(t, author, relay)
  return { author, relay }
}

async function whole(film: Film): Promise<Replica> {
  const part = film.parts[0]!
  await film.stop('stopped')
  return part
}

function setRoom(station: Station, room: Room): void {
  station.room = room
  station.exchange.sayHelloToAll()
}

async function reopened(t: Assert, station: Station, room: Room): Promise<Station> {
  const { dir, keys, state, clock } = station
  return Station.open(t, { dir, keys, state, clock, prepare: (it) => void (it.room = room) })
}
