import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type Hypercore from 'hypercore'
import { hushWhilePushed } from '../../../../core/store/hypercore/news/hush.ts'
import { eventually } from '../../../helpers/eventually.ts'
import { createAuthor } from '../evil.ts'
import type { Author } from '../evil.ts'
import { Holder, link } from '../guarded.ts'

/** hypercore lib/replicator.js, where the messages are added */
const DATA = 3

test('while a core is pushed its members hear of its growth now and then, and at last of all of it', async (t) => {
  const { author, core, other } = await pair(t)
  core.core.replicator.setPushOnly(true)
  const startedAtMs = Date.now()
  const heard = await growth(author, other, 20)
  const seconds = (Date.now() - startedAtMs) / 1000
  await eventually(() => other.peers[0]!.remoteLength === 20)
  t.ok(heard.size <= 3 + seconds, `heard ${heard.size} times in ${seconds} s`)
  await eventually(() => other.peers[0]!.remoteContiguousLength === 20)
})

test('how long it is and what is here of it leave as one', async (t) => {
  const { author, core, other } = await pair(t)
  core.core.replicator.setPushOnly(true)
  const frames = framesTo(core)
  for (let i = 0; i < 3; i++) await author.append(b4a.from('block ' + i))
  await eventually(() => other.peers[0]!.remoteContiguousLength === 3)
  t.ok(
    frames.some(([channel, type]) => channel === 0 && type === 0),
    'a batch of messages: its channel and type are 0 (protomux)'
  )
})

test('who was in step is told in one packet', async (t) => {
  const { author, core, other } = await pair(t)
  for (let i = 0; i < 2; i++) await author.append(b4a.from('block ' + i))
  for (let i = 0; i < 2; i++) await other.get(i)
  await eventually(() => core.peers[0]!.remoteLength === 2 && !core.peers[0]!.canUpgrade)
  core.core.replicator.setPushOnly(true)
  const frames = framesTo(core)
  await author.append(...[2, 3, 4].map((i) => b4a.from('block ' + i))) // one by one they could take too long
  await eventually(() => other.peers[0]!.remoteContiguousLength === 5)
  t.is(other.peers[0]!.remoteLength, 5)
  t.is(frames.filter(([, type]) => type !== DATA).length, 1, 'beside the blocks it asks for')
  t.alike(await other.get(4), b4a.from('block 4'), 'and can ask for what it was told of')
})

test('while it is fetched they hear of every block', async (t) => {
  const { author, other } = await pair(t)
  for (let i = 0; i < 20; i++) {
    await author.append(b4a.from('block ' + i))
    await eventually(() => other.peers[0]!.remoteLength === i + 1)
  }
  t.pass()
})

test('what was kept back is told at once when pushing ends', async (t) => {
  const { author, core, other } = await pair(t)
  core.core.replicator.setPushOnly(true)
  for (let i = 0; i < 5; i++) await author.append(b4a.from('block ' + i))
  core.core.replicator.setPushOnly(false)
  await eventually(() => other.peers[0]!.remoteLength === 5)
  t.pass()
})

/** What the core's device sends to the other from now on. */
function framesTo(core: Hypercore): Uint8Array[] {
  const { stream } = core.peers[0]!.protomux
  const write = stream.write.bind(stream)
  const frames: Uint8Array[] = []
  stream.write = (data) => {
    frames.push(b4a.from(data)) // it is encrypted in place
    return write(data)
  }
  return frames
}

/** The lengths `other` hears of while the core grows. */
async function growth(author: Author, other: Hypercore, blocks: number): Promise<Set<number>> {
  const heard = new Set<number>()
  for (let i = 0; i < blocks; i++) {
    await author.append(b4a.from('block ' + i))
    await new Promise<void>((resolve) => setTimeout(resolve, 10))
    heard.add(other.peers[0]!.remoteLength)
  }
  return heard
}

/** A core that its author writes, and a replica of it that hears what is told. */
async function pair(t: Assert): Promise<{ author: Author; core: Hypercore; other: Hypercore }> {
  const author = await createAuthor(t)
  const { core } = author
  hushWhilePushed(core.core)
  const holder = await Holder.create(t)
  const other = await holder.session(author.signer)
  await link(t, core, other)
  await eventually(() => core.peers.length === 1 && other.peers.length === 1)
  return { author, core, other }
}
