import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import type { Role } from '../../../core/types/keys.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolled } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { byHand } from '../../replica/hostile/by-hand.ts'
import type { ByHand } from '../../replica/hostile/by-hand.ts'
import { Forger } from '../../replica/hostile/forger.ts'
import { blocksOf, reaches, replicaAt, sameBytes } from '../../replica/held.ts'
import { holdFlushes } from '../../replica/hold-flushes.ts'

const TRUTH = Array.from({ length: 6 }, (_, i) => b4a.from('what was filmed, block ' + i))

test('a film told over the link is held from its first block, before any journal tells of it', async (t) => {
  const { author, holder, hand } = await told(t)
  const forger = tell(author, hand)
  const held = await replicaAt(holder, forger.key)
  await reaches(held, TRUTH.length)
  await eventually(() => hand.receipts.some(({ length }) => length === TRUTH.length))
  t.absent(holder.circle.lines.some(({ entry }) => entry.kind === 'recording-announced'))
})

test('what was acknowledged of it is found again after a restart, though the journal never came', async (t) => {
  const { author, holder, hand } = await told(t)
  const forger = tell(author, hand)
  await eventually(() => hand.receipts.some(({ length }) => length === TRUTH.length))
  const again = await holder.reopen(t)
  const held = await replicaAt(again, forger.key)
  t.ok(sameBytes(await blocksOf(held), TRUTH))
  t.alike(held.announced.author, author.keys.device)
})

test('once the journal tells of it, it is remembered there alone', async (t) => {
  const { author, holder, hand } = await told(t)
  const forger = tell(author, hand)
  await replicaAt(holder, forger.key)
  t.is(holder.state.films.length, 1)
  await forger.film(author)
  hand.link.cut()
  await connect(t, author, holder)
  await eventually(() => holder.state.films.length === 0)
  t.is(holder.exchange.replicas.length, 1)
})

test('it stays remembered until what the journal says is on the disk itself', async (t) => {
  const { author, holder, hand } = await told(t)
  const forger = tell(author, hand)
  await replicaAt(holder, forger.key)
  const release = holdFlushes(t, holder)
  await forger.film(author)
  hand.link.cut()
  await connect(t, author, holder)
  const isTold = (): boolean =>
    holder.circle.lines.some(({ entry }) => entry.kind === 'recording-announced')
  await eventually(isTold)
  t.is(holder.state.films.length, 1)
  release()
  await eventually(() => holder.state.films.length === 0)
})

test('a film that its teller did not attest is not opened', async (t) => {
  const { author, holder, hand } = await told(t)
  const forger = new Forger()
  hand.channel.tellFilm({ ...forger.announcement(author), attestation: b4a.alloc(64, 1) })
  const honest = tell(author, hand)
  await replicaAt(holder, honest.key)
  t.is(holder.exchange.replica(forger.key), null)
})

test('a member that tells of more and more films has only the first few opened', async (t) => {
  const { author, holder, hand } = await told(t)
  const forgers = Array.from({ length: 20 }, () => tell(author, hand))
  await eventually(() => holder.exchange.replicas.length === 8)
  const known = forgers.map(({ key }) => holder.exchange.replica(key) !== null)
  t.alike(
    known,
    forgers.map((_, i) => i < 8)
  )
})

test('a film whose author was smashed before any journal told of it reaches those who never met it', async (t) => {
  const { author, holder, hand, others } = await told(t, 3)
  const [linked, late, last] = others as [Station, Station, Station]
  await connect(t, holder, linked)
  const forger = tell(author, hand)
  await reaches(await replicaAt(holder, forger.key), TRUTH.length)
  hand.link.cut()
  await connect(t, holder, late)
  for (const station of [linked, late]) {
    const copy = await replicaAt(station, forger.key)
    await reaches(copy, TRUTH.length)
    t.ok(sameBytes(await blocksOf(copy), TRUTH))
    t.alike(copy.announced.author, author.keys.device)
  }
  t.is(late.state.films.length, 1, 'and is remembered')
  const again = await late.reopen(t)
  await connect(t, again, last)
  await reaches(await replicaAt(last, forger.key), TRUTH.length)
})

test('what others say of films is taken only with the attestation of an author who belongs', async (t) => {
  const { author, holder, hand, others } = await told(t, 1)
  const [other] = others as [Station]
  const liar = await byHand(t, other, holder)
  const [forged, strange, honest] = [new Forger(), new Forger(), new Forger()]
  const stranger = new DeviceKeys(b4a.alloc(32, 9))
  liar.channel.repeatFilm({
    device: author.keys.device,
    body: { ...forged.announcement(author), attestation: b4a.alloc(64, 1) }
  })
  liar.channel.repeatFilm({
    device: stranger.device,
    body: strange.announcement({ ...author, keys: stranger } as any)
  })
  liar.channel.repeatFilm({ device: author.keys.device, body: honest.announcement(author) })
  await replicaAt(holder, honest.key)
  t.is(holder.exchange.replica(forged.key), null)
  t.is(holder.exchange.replica(strange.key), null)
  hand.link.cut()
})

interface Told {
  author: Station
  holder: Station
  hand: ByHand
  /** Members linked with nobody yet. */
  others: Station[]
}

/** An author whose link brings a holder what a test says, and no journal. */
async function told(t: Assert, more = 0): Promise<Told> {
  const roles = Array<Role>(more).fill('contact')
  const [author, holder, ...others] = await enrolled(t, 'contact', ...roles)
  return { author, holder, others, hand: await byHand(t, author, holder) }
}

/** Tells of a film, and pushes its blocks right behind. */
function tell(author: Station, { channel }: ByHand): Forger {
  const forger = new Forger()
  channel.tellFilm(forger.announcement(author))
  const recording = forger.key
  for (const block of forger.history(TRUTH)) channel.pushBlock({ recording, ...block })
  return forger
}
