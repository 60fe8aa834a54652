// Where a member can be reached, told on by others.

import b4a from 'b4a'
import test from 'brittle'
import { journalIdOf } from '../../../core/circle/journal/journal-head.ts'
import type { Hello } from '../../../core/encoding/control.ts'
import { Introducing } from '../../../core/exchange/members/introducing.ts'
import { Peer } from '../../../core/exchange/members/peer.ts'
import type { ControlChannel } from '../../../core/replica/control-channel.ts'
import { SkippingClock } from '../../helpers/devices/skipping-clock.ts'
import { connect, enrolled, enrolledWith } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { eventually } from '../../helpers/eventually.ts'
import { agree, says } from '../journals/spreading.ts'

const HOST = '127.0.0.1'
const LATER_MS = 10_000

test('where somebody is now is told on once in a while, and then what is true by then', async (t) => {
  const clock = new SkippingClock(0.0001)
  const [middle, mover, other] = await enrolledWith(t, { clock }, 'contact', 'contact')
  await connect(t, middle, mover)
  await connect(t, middle, other)
  await says(mover)
  await agree([middle, mover, other])
  clock.skip(LATER_MS)
  moves(mover, 1)
  await eventually(() => placeIn(other, mover) === 1)
  for (const port of [2, 3]) {
    moves(mover, port)
    await eventually(() => placeIn(middle, mover) === port)
  }
  await says(mover)
  await agree([middle, mover, other]) // told of in the same turn as places
  t.is(placeIn(other, mover), 1, 'not again so soon')
  clock.skip(LATER_MS)
  await eventually(() => placeIn(other, mover) === 3)
  t.absent(portsIn(other, mover).includes(2), 'never what was no longer true')
})

test('a journal that begins is told of at once, and with it where somebody is', async (t) => {
  const clock = new SkippingClock(0.0001)
  const [middle, mover, other] = await enrolledWith(t, { clock }, 'contact', 'contact')
  await connect(t, middle, mover)
  await connect(t, middle, other)
  moves(mover, 1)
  await eventually(() => placeIn(other, mover) === 1)
  moves(mover, 2)
  await eventually(() => placeIn(middle, mover) === 2)
  await says(mover)
  await eventually(() => placeIn(other, mover) === 2)
})

test('a journal that begins is told of at once to as many as are linked with one alone', async (t) => {
  const clock = new SkippingClock(0.0001)
  const spokes = Array<'contact'>(9).fill('contact')
  const [hub, mover, ...others] = await enrolledWith(t, { clock }, ...spokes)
  for (const station of [mover!, ...others]) await connect(t, hub, station)
  for (const port of [1, 2]) {
    moves(mover!, port)
    await eventually(() => placeIn(hub, mover!) === port)
  }
  await says(mover!)
  await agree([hub, mover!, ...others])
})

test('a head that three members have told of is told on with what is told on in a while', async (t) => {
  const clock = new SkippingClock(0.0001)
  const all = await enrolledWith(t, { clock }, 'contact', 'contact', 'contact', 'contact')
  const [middle, one, two, three, last] = all
  for (const station of all.slice(1)) await connect(t, middle, station)
  const { introducing, peer, told } = introducingAt(middle, last)
  introducing.hello(peer)
  await says(one)
  await agree(all)
  t.ok(introducing.introduce(peer), 'nobody else has told of this one')
  await says(two)
  await agree(all)
  for (const { keys } of [one, two, three]) {
    middle.exchange.peerOf(keys.device)!.journals.noteHead(journalOf(middle, two))
  }
  t.absent(introducing.introduce(peer))
  clock.skip(LATER_MS)
  t.ok(introducing.introduce(peer))
  t.alike(told.at(-1)!.heads.map(journalIdOf), [journalOf(middle, two)])
})

test('who has told of a head is not told of it', async (t) => {
  const [middle, one, last] = await enrolled(t, 'contact', 'contact')
  for (const station of [one, last]) await connect(t, middle, station)
  const { introducing, peer, told } = introducingAt(middle, last)
  introducing.hello(peer)
  await says(one)
  await agree([middle, one])
  peer.journals.noteHead(journalOf(middle, one))
  introducing.introduce(peer)
  t.absent(told.flatMap(({ heads }) => heads).length)
})

/** What one station tells of others, to a member that nobody else speaks with. */
function introducingAt({ circle, exchange, keys, clock }: Station, other: Station) {
  const told: Hello[] = []
  const now = (): number => clock.now()
  const peer = new Peer(exchange.peerOf(other.keys.device)!.link, now(), now)
  peer.channel = { sayHello: (hello: Hello) => void told.push(hello) } as unknown as ControlChannel
  const introducing = new Introducing({
    ...{ circle, self: keys.device, now },
    addresses: () => [],
    room: () => 'open',
    peers: () => exchange.peers
  })
  return { introducing, peer, told }
}

function journalOf({ circle }: Station, { keys }: Station): string {
  return journalIdOf(circle.heads.find(({ device }) => b4a.equals(device, keys.device))!)
}

function moves(station: Station, port: number): void {
  station.addresses = [{ host: HOST, port }]
  station.exchange.sayHelloToAll()
}

function portsIn({ circle }: Station, { keys }: Station): number[] {
  return circle.introductions.addressesOf(keys.device).map(({ port }) => port)
}

function placeIn(station: Station, mover: Station): number | undefined {
  return portsIn(station, mover)[0]
}
