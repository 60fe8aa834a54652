import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type { AlarmKind } from '../../../core/encoding/journal/journal-entry.ts'
import type { RaisedAlarm } from '../../../core/exchange/alarms/alarms.ts'
import { systemClock } from '../../../core/runtime/clock.ts'
import { shoot } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrol, enrolled, enrolledWith, fastClock } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { createAuthor } from '../../store/hypercore/evil.ts'
import { byHand } from '../../replica/hostile/by-hand.ts'
import { Forger } from '../../replica/hostile/forger.ts'
import { made, reaches, replicaAt } from '../../replica/held.ts'
import { makeReceipt } from '../../../core/replica/receipts/receipts.ts'
import { proofOfReceipts } from '../../../core/replica/rivals.ts'

const TRUTH = values('filmed')

test('an author that offers a fork is in the journal of who was offered it, once', async (t) => {
  const [author, holder, other] = await enrolled(t, 'contact', 'contact')
  const forger = await filmed(t, author, holder)
  const evil = await createAuthor(t, forger.pair)
  await evil.append(...TRUTH)
  await evil.truncate(2)
  for (let i = 0; i < 3; i++) {
    const { link } = await byHand(t, author, holder)
    evil.core.core.replicator.attachTo(link.a.mux)
    await eventually(() => holder.attempts.length === i + 1)
    link.cut()
  }
  await connect(t, holder, other)
  const seen = await toldOf(other, 'fork-offer')
  t.alike([seen.device, seen.by], [author.keys.device, holder.keys.device])
  t.alike(seen.recording, forger.key)
  t.is(entriesOf(holder, 'fork-offer'), 1)
})

test('a rival block pushed where another is held is reported with proof', async (t) => {
  const [author, holder, other] = await enrolled(t, 'contact', 'contact')
  const forger = await filmed(t, author, holder)
  await connect(t, holder, other)
  await replicaAt(other, forger.key)
  const rival = forger.history([...TRUTH.slice(0, 3), ...values('false').slice(3)])[3]!
  const { channel } = author.exchange.peerOf(holder.keys.device)!
  for (let i = 0; i < 5; i++) channel!.pushBlock({ recording: forger.key, ...rival })
  const seen = await toldOf(other, 'rival-history')
  t.ok(seen.isProven, 'a member that has seen neither block can check it')
  t.is(entriesOf(holder, 'rival-history'), 1)
})

test('a block pushed where another is held that nobody can have signed is reported without proof', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  const forger = await filmed(t, author, holder)
  const stray = new Forger().history(values('false'))[3]!
  author.exchange
    .peerOf(holder.keys.device)!
    .channel!.pushBlock({ recording: forger.key, ...stray })
  const seen = await toldOf(holder, 'rival-history')
  t.alike([seen.isProven, seen.device], [false, author.keys.device])
})

test('a block that is pushed again is no attempt', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  const forger = await filmed(t, author, holder)
  const { channel } = author.exchange.peerOf(holder.keys.device)!
  for (const block of forger.history(TRUTH)) channel!.pushBlock({ recording: forger.key, ...block })
  channel!.pushBlock({ recording: forger.key, ...forger.history(values('false'))[1]! })
  await toldOf(holder, 'rival-history')
  const [alarm] = holder.exchange.alarms.all
  t.is(holder.exchange.alarms.all.length, 1, 'only the last one is')
  t.is(alarm!.alarm, 'rival-history')
})

test('two heads of one length are kept as proof, though neither holder has seen the other history', async (t) => {
  const [author, first, second] = await enrolled(t, 'contact', 'contact')
  const forger = new Forger()
  const wire = await connect(t, author, first)
  await hold(author, first, forger, TRUTH)
  wire.cut()
  const { link, channel } = await byHand(t, author, second)
  channel.tellFilm(forger.announcement(author))
  const rivals = values('false')
  for (const block of forger.history(rivals)) {
    channel.pushBlock({ recording: forger.key, ...block })
  }
  await reaches(await replicaAt(second, forger.key), rivals.length)
  link.cut()
  await connect(t, first, second)
  const seen = await toldOf(first, 'rival-history')
  t.ok(seen.isProven)
  t.alike(seen.device, author.keys.device, 'its author has signed both')
  const named = [first, second].flatMap(({ exchange }) => exchange.alarms.all)
  t.ok(
    named.every(({ device }) => b4a.equals(device, author.keys.device)),
    'and who was given the other one is accused of nothing'
  )
})

test('the proof of one’s own two histories convicts nobody else', async (t) => {
  const [author, innocent, other] = await enrolled(t, 'contact', 'contact')
  const forger = await filmed(t, author, other)
  const stamp = { heldSinceMs: 1, atMs: 2, flushed: true, fork: 0 }
  const [one, two] = [TRUTH, values('false')].map((blocks) =>
    makeReceipt(author.keys, {
      ...{ recording: forger.key, length: blocks.length, treeHash: forger.treeHash(blocks) },
      ...{ authorSignature: forger.history(blocks).at(-1)!.signature, ...stamp }
    })
  )
  const proof = proofOfReceipts(forger.pair.publicKey, one!, two!)!
  for (const device of [innocent.keys.device, author.keys.device]) {
    const body = { alarm: 'rival-history' as const, recording: forger.key, device, proof, atMs: 1 }
    await author.circle.say({ kind: 'alarm', body })
  }
  await eventually(() => other.exchange.alarms.all.length === 2)
  t.alike(
    other.exchange.alarms.all.map(({ isProven }) => isProven),
    [false, true]
  )
})

test('what is signed after the seal is held, and reported with proof', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  const forger = await filmed(t, author, holder)
  const treeHash = forger.treeHash(TRUTH)
  const body = { recording: forger.key, length: TRUTH.length, treeHash, endedAtMs: 1 }
  await author.circle.say({ kind: 'recording-sealed', body: { ...body, reason: 'stopped' } })
  const held = await replicaAt(holder, forger.key)
  await eventually(() => held.end === TRUTH.length)
  const more = [...TRUTH, ...values('added later')]
  const replica = author.exchange.replica(forger.key)!
  for (const block of forger.history(more).slice(TRUTH.length)) await replica.publish(block)
  const { channel } = author.exchange.peerOf(holder.keys.device)!
  held.setMode('push')
  for (const block of forger.history(more).slice(TRUTH.length)) {
    channel!.pushBlock({ recording: forger.key, ...block })
  }
  const seen = await toldOf(holder, 'write-after-seal')
  t.ok(seen.isProven)
  t.alike(seen.device, author.keys.device)
})

test('a member that signs for blocks that are not the author’s is reported, with its own receipt', async (t) => {
  const [author, liar, other] = await enrolled(t, 'contact', 'contact')
  const forger = new Forger()
  const replica = await forger.film(author)
  for (const block of forger.history(TRUTH)) await replica.publish(block)
  await connect(t, author, other)
  const { channel } = await byHand(t, liar, author)
  const stamp = { heldSinceMs: 1, atMs: 2, flushed: true, fork: 0 }
  const claim = { recording: forger.key, length: 99, treeHash: b4a.alloc(32, 1), ...stamp }
  const receipt = makeReceipt(liar.keys, { ...claim, authorSignature: b4a.alloc(64, 2) })
  for (let i = 0; i < 50; i++) channel.sendReceipts([receipt])
  const seen = await toldOf(other, 'false-holding')
  t.alike(seen.device, liar.keys.device)
  t.ok(seen.isProven, 'it has signed for what has no author')
  t.is(entriesOf(author, 'false-holding'), 1)
})

test('a film that stops without an end, its author gone, is reported by who held it', async (t) => {
  const clock = fastClock(40)
  const [author, holder] = await enrolledWith(t, { clock }, 'contact')
  const wire = await connect(t, author, holder)
  const done = author.film(t)
  await shoot(done, 4)
  await done.stop('stopped')
  const cut = author.film(t)
  await shoot(cut, 4)
  const [whole, part] = [done.parts[0]!, cut.parts[0]!]
  await reaches(await replicaAt(holder, part.key), made(part))
  const held = await replicaAt(holder, whole.key)
  await eventually(() => held.sealed)
  wire.cut()
  const seen = await toldOf(holder, 'silence')
  t.alike([seen.recording, seen.device], [part.key, author.keys.device])
  await eventually(() => entriesOf(holder, 'silence') === 1)
  t.pass('of the film that has its end nothing is said')
})

test('a clock that is far off is reported', async (t) => {
  const [founder] = await enrolled(t)
  const real = systemClock()
  const clock = { ...real, now: () => real.now() + 600_000 }
  const member = await enrol(t, founder, 'contact', { clock })
  await connect(t, founder, member)
  const seen = await toldOf(founder, 'clock-off')
  t.alike(seen.device, member.keys.device)
})

test('what the app reports of its phone is in its journal, once', async (t) => {
  const [phone, other] = await enrolled(t, 'contact')
  await connect(t, phone, other)
  for (let i = 0; i < 5; i++) await phone.exchange.watch.report('battery-low')
  await phone.exchange.watch.report('storage-low')
  await toldOf(other, 'storage-low')
  const seen = await toldOf(other, 'battery-low')
  t.alike(seen.device, phone.keys.device)
  t.is(entriesOf(phone, 'battery-low'), 1)
})

test('alarms are known after a restart, and are not said again', async (t) => {
  const [phone, other] = await enrolled(t, 'contact')
  await connect(t, phone, other)
  await phone.exchange.watch.report('battery-low')
  await toldOf(other, 'battery-low')
  const again = await phone.reopen(t)
  t.is(again.exchange.alarms.all.length, 1)
  await again.exchange.watch.report('battery-low')
  t.is(entriesOf(again, 'battery-low'), 1)
})

function values(of: string): Uint8Array[] {
  return Array.from({ length: 6 }, (_, i) => b4a.from(of + ', block ' + i))
}

/** A film of the true history, by an author that has kept the key; it stays linked. */
async function filmed(t: Assert, author: Station, holder: Station): Promise<Forger> {
  const forger = new Forger()
  await connect(t, author, holder)
  await hold(author, holder, forger, TRUTH)
  return forger
}

async function hold(author: Station, holder: Station, forger: Forger, blocks: Uint8Array[]) {
  const replica = await forger.film(author)
  for (const block of forger.history(blocks)) await replica.publish(block)
  await reaches(await replicaAt(holder, forger.key), blocks.length)
}

/** Among the alarms that this member has raised, or read in a journal. */
async function toldOf({ exchange }: Station, kind: AlarmKind): Promise<RaisedAlarm> {
  return (await eventually(() => exchange.alarms.all.find(({ alarm }) => alarm === kind)))!
}

/** Entries of that kind in the member's own journal, once it has been read. */
function entriesOf({ circle, keys }: Station, kind: AlarmKind): number {
  return circle.lines.filter(
    ({ device, entry }) =>
      entry.kind === 'alarm' && entry.body.alarm === kind && b4a.equals(device, keys.device)
  ).length
}
