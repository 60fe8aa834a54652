// A member that says what is cheap to say without end.

import test from 'brittle'
import type { Assert } from 'brittle'
import { Peer } from '../../../core/exchange/members/peer.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { RECEIPTS_ON_A_LINK } from '../../../core/limits.ts'
import { shoot, shootOn } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolled } from '../../helpers/devices/station.ts'
import { wire } from '../../helpers/devices/wire.ts'
import { byHand } from '../../replica/hostile/by-hand.ts'
import { made, reaches, replicaAt } from '../../replica/held.ts'

test('a member that says hello without end loses its link, and nobody else does', async (t) => {
  const { author, holder, hostile, show } = await filming(t)
  const { link, channel } = await byHand(t, hostile, author)
  const { device } = hostile.keys
  for (let i = 0; i < 2000 && !link.b.closed; i++) {
    const addresses = [{ host: '192.0.2.' + (i % 200), port: 1000 + i }]
    channel.sayHello({ wallMs: i, heads: [], peers: [{ device, addresses }], room: 'open' })
  }
  await eventually(() => author.exchange.peerOf(device) === null)
  t.ok(link.b.failure !== null)
  t.ok(author.exchange.peerOf(holder.keys.device) !== null)
  await show()
})

test('so does one that tells of journals without end', async (t) => {
  const { author, holder, hostile, show } = await filming(t)
  const { link, channel } = await byHand(t, hostile, author)
  for (let i = 0; i < 2000 && !link.b.closed; i++) {
    channel.tellJournals([{ journal: randomBytes(32), length: i, treeHash: null }])
  }
  await eventually(() => author.exchange.peerOf(hostile.keys.device) === null)
  t.ok(link.b.failure !== null)
  t.ok(author.exchange.peerOf(holder.keys.device) !== null)
  await show()
})

test('hellos as fast as an honest device says them cost nobody a link', async (t) => {
  const { author, hostile } = await filming(t)
  const { link, channel } = await byHand(t, hostile, author)
  for (let i = 0; i < 300; i++) {
    channel.sayHello({
      wallMs: Date.now(),
      heads: [],
      peers: [],
      room: i % 2 === 0 ? 'none' : 'open'
    })
  }
  channel.sayHello({ wallMs: Date.now(), heads: [], peers: [], room: 'begun' }) // all before it are read
  await eventually(() => author.exchange.peerOf(hostile.keys.device)?.room === 'begun')
  t.absent(link.b.closed)
})

test('of receipts without end so many are looked at, and later ones again', async (t) => {
  const [one, other] = [new DeviceKeys(randomBytes(32)), new DeviceKeys(randomBytes(32))]
  const { a } = await wire(t, one.noise, other.noise)
  let nowMs = 0
  const peer = new Peer(a, 0, () => nowMs)
  const { burst, perSecond } = RECEIPTS_ON_A_LINK
  const many = Array.from({ length: 2 * burst }, (_, i) => i)
  t.is(peer.receiptsOf(many).length, burst)
  t.is(peer.receiptsOf(many).length, 0)
  nowMs = 1000
  t.is(peer.receiptsOf(many).length, perSecond)
})

/** A film that runs, its holder, and a member that is not linked. `show` films on until the holder has it. */
async function filming(t: Assert) {
  const [author, holder, hostile] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, holder)
  const film = author.film(t)
  await shoot(film, 4)
  const [part] = film.parts
  const held = await replicaAt(holder, part!.key)
  await reaches(held, made(part!))
  await eventually(() => part!.receipts.of(holder.keys.device)?.length === made(part!))
  const show = async (): Promise<void> => {
    await shootOn(film, 4, 8)
    await eventually(() => part!.receipts.of(holder.keys.device)?.length === made(part!))
  }
  return { author, holder, hostile, show }
}
