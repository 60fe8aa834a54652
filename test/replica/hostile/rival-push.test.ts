import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import c from 'compact-encoding'
import { liveBlock } from '../../../core/encoding/control.ts'
import { bytes, encode } from '../../../core/encoding/wire.ts'
import { MAX_BLOCK_BYTES } from '../../../core/limits.ts'
import type { SignedBlock } from '../../../core/recording/writer.ts'
import type { ControlChannel } from '../../../core/replica/control-channel.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import type { Link } from '../../../core/types/link.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrol, enrolledWith, fastClock, plug } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { wire } from '../../helpers/devices/wire.ts'
import { Forger } from './forger.ts'
import { blocksOf, reaches, replicaAt, sameBytes } from '../held.ts'

const HELD = 6
const LENGTH = 10
/** The gap timers wait a second where a block may still be on its way. */
const CLOCK = fastClock(8)

/** What an author that has kept the key, or a member without it, may push to whom follows it. */
const LIES: { name: string; block: (forger: Forger) => SignedBlock }[] = [
  { name: 'a rival for a block held already', block: (f) => f.history(rivals(LENGTH))[3]! },
  { name: 'a rival for the last block held', block: (f) => f.history(rivals(LENGTH))[HELD - 1]! },
  { name: 'the next block of a rival history', block: (f) => f.history(rivals(LENGTH))[HELD]! },
  { name: 'a block from beyond the next', block: (f) => f.history(truths(LENGTH))[HELD + 2]! },
  { name: 'the next block with a signature that is none', block: (f) => unsigned(f) },
  {
    name: 'the next block of another recording',
    block: () => new Forger().history(truths(LENGTH))[HELD]!
  },
  {
    name: 'an empty block',
    block: (f) => ({ ...f.history(truths(LENGTH))[HELD]!, value: b4a.alloc(0) })
  }
]

for (const lie of LIES) {
  test(`pushed ${lie.name}, a holder keeps what it has, serves it, and goes on`, async (t) => {
    const { author, other, holder, held, forger, push } = await following(t)
    push({ recording: forger.key, ...lie.block(forger) })
    const truth = truths(LENGTH)
    await tell(other, forger, truth)
    await connect(t, other, holder)
    await reaches(held, LENGTH)
    t.ok(sameBytes(await blocksOf(held), truth), 'the honest rest arrives from an honest holder')
    t.absent(held.core!.core.header.frozen)
    t.absent(held.core!.closed)

    const fresh = await enrol(t, author, 'contact', { clock: CLOCK })
    await connect(t, author, fresh)
    await connect(t, holder, fresh)
    const copy = await replicaAt(fresh, forger.key)
    await reaches(copy, LENGTH)
    t.ok(sameBytes(await blocksOf(copy), truth), 'a fresh holder gets all of it')
  })
}

test('a holder that was pushed a lie fetches from its upstream, and later follows it again', async (t) => {
  const { author, held, forger, push } = await following(t)
  const fell = pulls(held)
  push({ recording: forger.key, ...unsigned(forger) })
  await fell
  const replica = await replicaAt(author, forger.key)
  const blocks = forger.history(truths(LENGTH))
  for (const block of blocks.slice(HELD, HELD + 2)) await replica.publish(block)
  await reaches(held, HELD + 2)
  await eventually(() => replica.upstream.followers === 2 && held.mode === 'push')
  for (const block of blocks.slice(HELD + 2)) await replica.publish(block)
  await reaches(held, LENGTH)
  await eventually(() => held.mode === 'push')
})

/** Resolves as soon as it fetches: it may follow again before anybody looks. */
function pulls(replica: Replica): Promise<void> {
  const setMode = replica.setMode.bind(replica)
  return new Promise((resolve) => {
    replica.setMode = (mode) => {
      setMode(mode)
      if (mode === 'pull') resolve()
    }
  })
}

test('a block larger than any may be costs its sender the link, and the holder nothing', async (t) => {
  const { author, other, holder, held, forger } = await following(t)
  const by = await wire(t, author.keys.noise, holder.keys.noise)
  plug(holder, by.b)
  const say = openByHand(by.a, author)
  const { signature } = forger.history(truths(1))[0]!
  const head = encode(liveBlock, {
    recording: forger.key,
    index: HELD,
    signature,
    value: b4a.alloc(0)
  })
  const tooMuch = encode(bytes(2 * MAX_BLOCK_BYTES), b4a.alloc(MAX_BLOCK_BYTES + 1))
  say(4, b4a.concat([head.subarray(0, -1), tooMuch]))
  await eventually(() => by.b.closed)
  t.is(held.length, HELD)
  await tell(other, forger, truths(LENGTH))
  await connect(t, other, holder)
  await reaches(held, LENGTH)
  t.pass('it goes on with an honest holder')
})

interface Following {
  author: Station
  other: Station
  holder: Station
  held: Replica
  forger: Forger
  push(block: Parameters<ControlChannel['pushBlock']>[0]): void
}

/** A holder that has followed a recording up to `HELD`, and whose author has kept the key. */
async function following(t: Assert): Promise<Following> {
  const [author, other, holder] = await enrolledWith(t, { clock: CLOCK }, 'contact', 'contact')
  await connect(t, author, other)
  await connect(t, author, holder)
  const forger = new Forger()
  const replica = await forger.film(author)
  const held = await replicaAt(holder, forger.key)
  await eventually(() => replica.upstream.followers === 2)
  for (const block of forger.history(truths(HELD))) await replica.publish(block)
  await reaches(held, HELD)
  const { channel } = author.exchange.peerOf(holder.keys.device)!
  return { author, other, holder, held, forger, push: (block) => channel!.pushBlock(block) }
}

/** Gives `station` the true history, as its author's pushes would. */
async function tell(station: Station, forger: Forger, values: Uint8Array[]): Promise<void> {
  const replica = await replicaAt(station, forger.key)
  replica.setMode('push')
  for (const block of forger.history(values).slice(replica.length)) await replica.accept(block)
  await reaches(replica, values.length)
}

/** The control channel as somebody opens it who writes every byte by hand. */
function openByHand(link: Link, { circle }: Station): (type: number, frame: Uint8Array) => void {
  const channel = link.mux.createChannel({
    protocol: 'temoin/control/1',
    id: circle.channel,
    messages: Array.from({ length: 7 }, () => ({ encoding: c.raw, onmessage: () => {} }))
  })!
  channel.open()
  return (type, frame) => channel.messages[type]!.send(frame)
}

function unsigned(forger: Forger): SignedBlock {
  return { ...forger.history(truths(LENGTH))[HELD]!, signature: b4a.alloc(64, 9) }
}

function truths(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => b4a.from('what was filmed, block ' + i))
}

/** The same beginning, then something else. */
function rivals(count: number): Uint8Array[] {
  return truths(count).map((value, i) => (i < 2 ? value : b4a.from('nothing to see here ' + i)))
}
