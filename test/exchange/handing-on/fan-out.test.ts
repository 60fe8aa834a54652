import b4a from 'b4a'
import test from 'brittle'
import type { Replica } from '../../../core/replica/replica.ts'
import { DESCRIPTION, INIT, shoot, shootOn } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { fastClock } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { SYNC } from '../../replica/hostile/boast.ts'
import { byHand } from '../../replica/hostile/by-hand.ts'
import { Forger } from '../../replica/hostile/forger.ts'
import { replicaAt } from '../../replica/held.ts'
import { Fleet } from './fleet.ts'
import { BYTES, contacts, feeding, filmOn, midFilm } from './mid-film.ts'

/** So slow that no load of the machine makes a hop look stalled: for tests that count bytes. */
const PATIENT = { clock: fastClock(0.1) }

test('with ten holders an author sends its film little more than twice, and all have it', async (t) => {
  const fleet = await Fleet.meshWith(t, PATIENT, ...contacts(10))
  const { author } = fleet
  const film = author.film(t)
  await film.begin(DESCRIPTION, INIT)
  const part = film.parts[0]!
  const before = fleet.sentBy(author)
  await filmOn(film, 0, 40)
  await fleet.haveAll(film)
  const sent = fleet.sentBy(author) - before
  t.comment(`${(sent / (40 * BYTES)).toFixed(3)} times the media left the author`)
  t.ok(sent < 3 * 40 * BYTES, 'what it costs exactly is in bench/')
  t.is(fleet.fedBy(author, part).length, 2)
  await film.stop('stopped')
  await fleet.haveAll(film)
  for (const holder of fleet.holders) {
    const held = await replicaAt(holder, part.key)
    await eventually(() => held.sealed)
  }
  t.alike(
    [author, ...fleet.holders].flatMap(({ troubles }) => troubles),
    []
  )
})

test('no holder is sent a film twice', async (t) => {
  const fleet = await Fleet.meshWith(t, PATIENT, ...contacts(5))
  const film = fleet.author.film(t)
  await film.begin(DESCRIPTION, INIT)
  const all = [fleet.author, ...fleet.holders]
  const before = sum(all.map((one) => fleet.sentBy(one)))
  await filmOn(film, 0, 24)
  await fleet.haveAll(film)
  const sent = sum(all.map((one) => fleet.sentBy(one))) - before
  t.ok(sent < 1.1 * 5 * 24 * BYTES, `${(sent / (24 * BYTES)).toFixed(2)} for five holders`)
})

test('one or two holders are both sent the film by its author', async (t) => {
  const fleet = await Fleet.mesh(t, ...contacts(2))
  const film = fleet.author.film(t)
  await shoot(film, 8)
  await fleet.haveAll(film)
  await eventually(() => fleet.fedBy(fleet.author, film.parts[0]!).length === 2)
})

test('as many first hops as asked for: all of them is direct', async (t) => {
  const fleet = await Fleet.mesh(t, ...contacts(4))
  const film = fleet.author.film(t, { firstHops: 10 })
  await shoot(film, 8)
  await fleet.haveAll(film)
  await eventually(() => fleet.fedBy(fleet.author, film.parts[0]!).length === 4)
})

test('a relay on another network is the first of the first hops', async (t) => {
  const fleet = await Fleet.mesh(t, 'contact', 'contact', 'contact', 'relay')
  const film = fleet.author.film(t, { firstHops: 1 })
  await shoot(film, 8)
  await fleet.haveAll(film)
  await eventually(() => {
    const fed = fleet.fedBy(fleet.author, film.parts[0]!)
    return fed.length === 1 && fed[0] === fleet.holders[3]
  })
})

for (const how of ['cut', 'paused'] as const) {
  test(`a first hop whose every wire is ${how} in mid-film is replaced, and every other has all`, async (t) => {
    const { fleet, author, film, part } = await midFilm(t, BYTES)
    const hop = fleet.fedBy(author, part)[0]!
    const rest = fleet.holders.filter((holder) => holder !== hop)
    for (const wire of fleet.wiresOf(hop)) how === 'cut' ? wire.cut() : wire.pause()
    await filmOn(film, 8, 24)
    await fleet.haveAll(film, rest)
    await eventually(() => {
      const fed = fleet.fedBy(author, part)
      return fed.length === 2 && !fed.includes(hop)
    })
    if (how === 'paused') for (const wire of fleet.wiresOf(hop)) wire.resume()
    else await fleet.join(author, hop)
    await filmOn(film, 24, 28)
    await fleet.haveAll(film)
    await film.stop('stopped')
    await fleet.haveAll(film)
    t.pass()
  })
}

test('a first hop that is replaced and reaches nobody but its author is pushed to again, though nothing more is filmed', async (t) => {
  const fleet = await Fleet.apart(t, ...contacts(2))
  const { author, holders } = fleet
  for (const holder of holders) await fleet.join(author, holder)
  const film = author.film(t, { firstHops: 1 })
  await shoot(film, 8)
  const part = film.parts[0]!
  await eventually(() => fleet.fedBy(author, part).length === 2)
  await fleet.haveAll(film)
  for (const holder of holders) {
    const wire = fleet.wire(author, holder)
    wire.pause()
    const from = part.length
    await filmOn(film, from, from, () => !fleet.fedBy(author, part).includes(holder))
    wire.resume()
    await eventually(() => fleet.fedBy(author, part).includes(holder))
  }
  await fleet.haveAll(film)
  t.pass()
})

test('when a first hop loses only its author, it goes on from somebody else', async (t) => {
  const { fleet, author, film, part } = await midFilm(t, BYTES)
  const hop = fleet.fedBy(author, part)[0]!
  fleet.wire(author, hop).cut()
  await filmOn(film, 8, 20)
  await fleet.haveAll(film)
  t.pass('its receipts reach the author by way of who feeds it')
})

test('holders that lost the author for longer than it remembers fetch what they lack and follow again', async (t) => {
  const fleet = await Fleet.meshWith(t, { clock: fastClock(0.08) }, ...contacts(3))
  const { author, holders } = fleet
  const film = author.film(t)
  await shoot(film, 4)
  await fleet.haveAll(film)
  for (const holder of holders) fleet.wire(author, holder).cut()
  await shootOn(film, 4, 64, BYTES)
  for (const holder of holders) await fleet.join(author, holder)
  await fleet.haveAll(film)
  await eventually(() => fleet.fedBy(author, film.parts[0]!).length > 0)
  await shootOn(film, 64, 70, BYTES)
  await fleet.haveAll(film)
  t.pass('none waits for another that lacks it as well')
})

test('a holder that is linked to the author alone is fed by the author', async (t) => {
  const fleet = await Fleet.apart(t, ...contacts(4))
  const { author, holders } = fleet
  for (const holder of holders) await fleet.join(author, holder)
  const film = author.film(t)
  await shoot(film, 12)
  await fleet.haveAll(film)
  // Where the machine is slow a hop may have been replaced: it finds out by what comes next.
  await filmOn(film, 12, 12, () => fleet.fedBy(author, film.parts[0]!).length === 4)
  await fleet.haveAll(film)
  t.pass()
})

test('holders that reach the author and one another, but no first hop, are one more upload and no more', async (t) => {
  const fleet = await Fleet.apart(t, 'relay', ...contacts(3))
  const { author, holders } = fleet
  const [relay, ...island] = holders as [Station, ...Station[]]
  for (const holder of holders) await fleet.join(author, holder)
  await fleet.joinAll(island)
  const film = author.film(t, { firstHops: 1 })
  await shoot(film, 8)
  const part = film.parts[0]!
  const from = await filmOn(film, 8, 8, () => fleet.fedBy(author, part).length === 2)
  await filmOn(film, from, from + 8)
  await fleet.haveAll(film)
  await eventually(() => fleet.fedBy(author, part).includes(relay))
})

test('a film goes down a chain of three, and the receipts come up it', async (t) => {
  const fleet = await Fleet.apartWith(t, { clock: fastClock(0.3) }, ...contacts(3))
  const [first, second, third] = fleet.holders as [Station, Station, Station]
  const { author } = fleet
  await fleet.join(author, first)
  await fleet.join(first, second)
  await fleet.join(second, third)
  const film = author.film(t)
  await shoot(film, 12)
  await fleet.haveAll(film)
  const journaled = author.circle.lines.filter(({ entry }) => entry.kind === 'receipts')
  t.is(journaled.length, 0, 'long before any journal tells of them')
  await film.stop('stopped')
  await fleet.haveAll(film)
  const held = await replicaAt(third, film.parts[0]!.key)
  t.alike(held.source, second.keys.device)
  await eventually(() => held.sealed)
})

test('a first hop that signs for all it gets and passes nothing on starves nobody', async (t) => {
  const { fleet, film, part } = await midFilm(t)
  const hop = await feeding(fleet, part)
  const mute = (await replicaAt(hop, part.key)).upstream
  mute.passOn = () => {}
  await filmOn(film, 8, 20)
  await fleet.haveAll(film)
  t.pass()
})

test('a first hop that says it has more than there is starves nobody', async (t) => {
  const { fleet, author, film, part } = await midFilm(t)
  const hop = await feeding(fleet, part)
  const followers = fleet.fedBy(hop, part)
  boast(await replicaAt(hop, part.key))
  await filmOn(film, 8, 20)
  await fleet.haveAll(film)
  await eventually(() => !followers.some((one) => fleet.fedBy(hop, part).includes(one)))
  t.ok(fleet.fedBy(author, part).length <= 4)
})

test('a member that comes late has what was filmed from holders, and then follows one', async (t) => {
  const fleet = await Fleet.apartWith(t, { clock: fastClock(0.3) }, ...contacts(4))
  const { author, holders } = fleet
  const [late, ...early] = holders.reverse() as [Station, ...Station[]]
  for (const holder of early) await fleet.join(author, holder)
  await fleet.joinAll(early)
  const film = author.film(t)
  await shoot(film, 60, BYTES)
  await fleet.haveAll(film, early)
  const part = film.parts[0]!
  for (const holder of early) await fleet.join(late, holder, { latencyMs: 200 })
  const joining = fleet.join(late, author, { latencyMs: 50 })
  const [line] = await Promise.all([joining, filmOn(film, 60, 90)])
  await fleet.haveAll(film)
  const blocks = line.toA.bytes / BYTES
  t.ok(blocks < 10, `${blocks.toFixed(1)} blocks from the author, though its line is the fastest`)
  const held = await replicaAt(late, part.key)
  await eventually(() => held.mode === 'push')
  await filmOn(film, 90, 98)
  await fleet.haveAll(film)
  await eventually(() => !fleet.fedBy(author, part).includes(late))
})

test('what came with a bad signature is not passed on, though a good one came right behind', async (t) => {
  const fleet = await Fleet.apart(t, ...contacts(2))
  const { author } = fleet
  const [near, far] = fleet.holders as [Station, Station]
  const hand = await byHand(t, author, near)
  const onward = await byHand(t, far, near)
  const forger = new Forger()
  const recording = forger.key
  hand.channel.tellFilm(forger.announcement(author))
  const held = await replicaAt(near, recording)
  onward.channel.follow({ recording, start: 0 })
  await eventually(() => held.upstream.followers === 1)
  const blocks = forger.history(['one', 'two', 'three'].map((text) => b4a.from(text)))
  const bad = { ...blocks[1]!, signature: b4a.alloc(64) }
  hand.channel.hold()
  for (const block of [blocks[0]!, bad, blocks[2]!]) hand.channel.pushBlock({ recording, ...block })
  hand.channel.release()
  await eventually(() => held.mode === 'pull' && held.length === 1)
  await eventually(() => onward.blocks.length === 1)
  t.ok(b4a.equals(onward.blocks[0]!.value, blocks[0]!.value))
})

/** Tells everybody of a thousand blocks. */
function boast({ core }: Replica): void {
  for (const peer of core!.peers as any[]) {
    peer.sendSync = () => {}
    peer.wireSync.send({ ...SYNC, length: 1000, remoteLength: core!.length })
    peer.wireRange.send({ drop: false, start: 0, length: 1000 })
  }
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0)
}
