import test from 'brittle'
import type { Replica } from '../../core/replica/replica.ts'
import type { Link } from '../../core/types/link.ts'
import { shoot, shootOn } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrolled, enrolledWith, fastClock } from '../helpers/devices/station.ts'
import { blocksOf, made, reaches, replicaAt, sameBytes } from './held.ts'
import { liveAt } from './filmed.ts'
import { byHand } from './hostile/by-hand.ts'

/** So slow that no load of the machine makes a push look lost: for tests that count what is fetched. */
const PATIENT = { clock: fastClock(0.2) }

test('a film is held by a follower block by block, as it is made', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  await connect(t, author, holder)
  const film = author.film(t)
  await shoot(film, 4)
  const part = film.parts[0]!
  const held = await replicaAt(holder, part.key)
  for (let i = 4; i < 12; i++) {
    await shootOn(film, i, i + 1)
    await reaches(held, made(part))
  }
  await eventually(() => held.mode === 'push')
  await film.stop('stopped')
  await eventually(() => held.sealed)
  t.ok(await areAlike(held, part))
  t.alike([...author.troubles, ...holder.troubles], [])
})

test('while a holder follows, nothing is sent to it twice', async (t) => {
  const [author, holder] = await enrolledWith(t, PATIENT, 'contact')
  const wire = await connect(t, author, holder)
  const { film, part, held } = await liveAt(t, author, holder, 1)
  await eventually(() => part.upstream.followers === 1)
  const before = { bytes: wire.toB.bytes, held: (await bytesOf(held)).bytes }
  const fetched = countUploads(part)
  for (let i = 1; i < 40; i++) {
    await shootOn(film, i, i + 1, 20_000)
    await reaches(held, made(part))
  }
  const filmed = (await bytesOf(held)).bytes - before.held
  t.is(fetched.blocks, 0, 'no block that was pushed is fetched as well')
  t.ok(wire.toB.bytes - before.bytes < 1.05 * filmed, 'nor sent in any other way')
})

test('a block that was lost on the way is fetched, and then the holder follows again', async (t) => {
  const [author, holder] = await enrolledWith(t, PATIENT, 'contact')
  await connect(t, author, holder)
  const { film, part, held } = await liveAt(t, author, holder)
  await eventually(() => held.mode === 'push' && part.upstream.followers === 1)
  const fetched = countUploads(part)
  part.upstream.unfollow(author.exchange.peerOf(holder.keys.device)!.channel!)
  const first = made(part)
  await shootOn(film, 4, 8)
  const lost = made(part) - first
  await reaches(held, made(part))
  t.is(fetched.blocks, lost)
  await eventually(() => part.upstream.followers === 1)
  await shootOn(film, 8, 12)
  await reaches(held, made(part))
  t.is(fetched.blocks, lost, 'what came after was pushed')
})

test('who wants to follow a holder that fetched what was lost is told to fetch it as well', async (t) => {
  const [author, holder, other] = await enrolledWith(t, PATIENT, 'contact', 'contact')
  await connect(t, author, holder)
  const { film, part, held } = await liveAt(t, author, holder)
  await eventually(() => held.mode === 'push' && part.upstream.followers === 1)
  const pushed = made(part)
  part.upstream.unfollow(author.exchange.peerOf(holder.keys.device)!.channel!)
  await shootOn(film, 4, 6)
  await reaches(held, made(part))
  const { channel, refused } = await byHand(t, other, holder)
  channel.follow({ recording: part.key, start: pushed })
  await eventually(() => refused.length > 0)
  t.is(refused[0]!.first, made(part), 'nothing of it would ever be pushed')
})

test('a block that was lost on the way is missed when the next one comes', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  await connect(t, author, holder)
  const { film, part, held } = await liveAt(t, author, holder)
  await eventually(() => held.mode === 'push' && part.upstream.followers === 1)
  const channel = author.exchange.peerOf(holder.keys.device)!.channel!
  const silence = silenceOf(part)
  const push = channel.pushBlock.bind(channel)
  const has = held.length
  channel.pushBlock = (block) => void (block.index === has || push(block))
  for (let i = 4; held.mode === 'push'; i++) {
    await shootOn(film, i, i + 1)
    await new Promise<void>((resolve) => setTimeout(resolve, 50))
  }
  t.is(held.length, has, 'nothing after it is taken, and nobody has said that there is more')
  silence.end()
  await reaches(held, made(part))
  t.ok(await areAlike(held, part))
})

test('who asks to follow hears at once how far we are', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  await connect(t, author, holder)
  const { part, held } = await liveAt(t, author, holder)
  await reaches(part, made(part))
  const told: Link[] = []
  const tell = part.fetching.tell.bind(part.fetching)
  part.fetching.tell = (link) => {
    told.push(link)
    tell(link)
  }
  const peer = holder.exchange.peerOf(author.keys.device)!
  peer.channel!.unfollow(part.key)
  await eventually(() => told.length === 1)
  peer.channel!.follow({ recording: part.key, start: held.length })
  await eventually(() => told.length === 2)
  const { link } = author.exchange.peerOf(holder.keys.device)!
  t.ok(told.every((one) => one === link))
})

test('a holder that is pushed nothing asks the others how far they are', async (t) => {
  const [author, near, far] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, near)
  await connect(t, near, far)
  const { film, part } = await liveAt(t, author, near)
  const [from, copy] = [await replicaAt(near, part.key), await replicaAt(far, part.key)]
  await eventually(() => copy.mode === 'push' && from.upstream.followers === 1)
  await reaches(copy, made(part))
  const { replicator } = from.core!.core
  replicator.onupgrade = () => {} // it says nothing by itself
  replicator.onhave = () => {}
  from.upstream.unfollow(near.exchange.peerOf(far.keys.device)!.channel!)
  await shootOn(film, 4, 8)
  await reaches(copy, made(part))
  t.pass()
})

test('a holder that joins in the middle of a film has all of it, and follows', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  const film = author.film(t)
  await shoot(film, 20)
  await connect(t, author, holder)
  const part = film.parts[0]!
  const held = await replicaAt(holder, part.key)
  await reaches(held, made(part))
  await eventually(() => part.upstream.followers === 1)
  await shootOn(film, 20, 24)
  await reaches(held, made(part))
  t.ok(await areAlike(held, part))
})

test('a holder that comes late has the film from another holder, its author gone', async (t) => {
  const [author, first, late] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, first)
  const { part } = await liveAt(t, author, first, 12)
  await reaches(part, made(part))
  const filmed = await blocksOf(part)
  await author.close()
  await connect(t, first, late)
  const copy = await replicaAt(late, part.key)
  await reaches(copy, filmed.length)
  t.ok(sameBytes(await blocksOf(copy), filmed))
  await eventually(() => copy.seconds === 3)
})

test('a holder that was away has what it missed from another holder, its author gone', async (t) => {
  const [author, first, other] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, first)
  const away = await connect(t, author, other)
  const film = author.film(t)
  await shoot(film, 8)
  const part = film.parts[0]!
  const [held, copy] = [await replicaAt(first, part.key), await replicaAt(other, part.key)]
  await reaches(copy, made(part))
  away.cut()
  await shootOn(film, 8, 16)
  await reaches(held, made(part))
  await reaches(part, made(part))
  const filmed = await blocksOf(part)
  await author.close()
  const again = await other.reopen(t)
  await connect(t, first, again)
  const caughtUp = await replicaAt(again, part.key)
  await reaches(caughtUp, filmed.length)
  t.ok(sameBytes(await blocksOf(caughtUp), filmed))
})

test('holders pass a live film on to one that cannot reach its author', async (t) => {
  const [author, near, far] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, near)
  await connect(t, near, far)
  const film = author.film(t)
  await shoot(film, 4)
  const part = film.parts[0]!
  const copy = await replicaAt(far, part.key)
  for (let i = 4; i < 12; i++) {
    await shootOn(film, i, i + 1)
    await reaches(copy, made(part))
  }
  const held = await replicaAt(near, part.key)
  await eventually(() => held.upstream.followers === 1)
  t.is(part.upstream.followers, 1, 'the author sends it once')
})

test('a holder whose line is full is told to fetch, and has all of it when the line is free', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  const wire = await connect(t, author, holder)
  const { film, part, held } = await liveAt(t, author, holder, 2)
  await eventually(() => part.upstream.followers === 1)
  wire.pause()
  for (let i = 2; part.upstream.followers > 0 && i < 60; i++) {
    await shootOn(film, i, i + 1, 512 * 1024)
  }
  t.is(part.upstream.followers, 0, 'a slow line does not fill the memory')
  wire.resume()
  await reaches(held, made(part))
  t.ok(await areAlike(held, part))
})

/** Nothing is said of how far the film has come. */
function silenceOf({ core }: Replica): { end(): void } {
  const all = core!.peers.map((peer) => ({ peer, sendSync: peer.sendSync.bind(peer) }))
  for (const { peer } of all) peer.sendSync = () => {}
  return {
    end: () => {
      for (const { peer, sendSync } of all) {
        peer.sendSync = sendSync
        sendSync()
      }
    }
  }
}

async function areAlike(held: Replica, part: Replica): Promise<boolean> {
  await reaches(part, made(part))
  return sameBytes(await blocksOf(held), await blocksOf(part))
}

/** Blocks that leave because they were asked for. */
function countUploads(part: Replica): { blocks: number } {
  const count = { blocks: 0 }
  part.core!.on('upload', () => count.blocks++)
  return count
}

async function bytesOf(replica: Replica): Promise<{ bytes: number }> {
  const blocks = await blocksOf(replica)
  return { bytes: blocks.reduce((sum, { byteLength }) => sum + byteLength, 0) }
}
