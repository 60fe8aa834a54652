import b4a from 'b4a'
import test from 'brittle'
import { Conversation } from '../../../core/circle/pairing/conversation.ts'
import { candidateKeyPair, inviterKeyPair } from '../../../core/circle/pairing/invite-keys.ts'
import { MAX_SEATS, Seats } from '../../../core/circle/pairing/seats.ts'
import { eventually } from '../../helpers/eventually.ts'
import { Hand, inviting, text } from './inviting.ts'
import { Meeting } from './meeting.ts'
import { newKeys } from '../members.ts'

test('a request that is not what was committed to lets nobody in', async (t) => {
  const { founder, invite, meeting } = await inviting(t, { uses: 9 })
  const keys = newKeys()
  const hand = new Hand(meeting, invite)
  await hand.commit(hand.askOf(keys))
  hand.show(keys, hand.askOf(keys)) // the same keys and name, another random number
  t.is(await hand.answer(), 'forged')
  t.is(founder.circle.roster.members.length, 1)
})

test('a request copied from another stream lets nobody in', async (t) => {
  const { founder, invite, meeting } = await inviting(t, { uses: 9 })
  const keys = newKeys()
  const honest = new Hand(meeting, invite)
  const ask = honest.askOf(keys)
  const copies: Uint8Array[] = []
  const write = honest.stream.write.bind(honest.stream)
  honest.stream.write = (data) => (copies.push(data as Uint8Array), write(data))
  await honest.commit(ask)
  const thief = new Hand(meeting, invite)
  await thief.commit(ask)
  honest.show(keys, ask)
  await honest.answer()
  await thief.write(copies.at(-1)!)
  t.is(await thief.answer(), 'forged')
  t.is(founder.circle.roster.members.length, 2, 'the honest one alone')
})

test('a candidate of another version is told so', async (t) => {
  const { invite, meeting } = await inviting(t)
  const hand = new Hand(meeting, invite)
  await hand.write(b4a.concat([b4a.from([2]), b4a.alloc(32)]))
  t.is(await hand.answer(), 'version')
})

test('what is longer than a request can be ends the conversation', async (t) => {
  const { invite, meeting, redeem } = await inviting(t)
  const hand = new Hand(meeting, invite)
  await hand.write(b4a.concat([b4a.from([1]), b4a.alloc(1024 * 1024)]))
  await eventually(() => hand.stream.destroyed)
  t.ok((await redeem(newKeys())).grant)
})

test('who says more than anybody waits for is let go', async (t) => {
  const { host, invite, meeting } = await inviting(t, { confirm: true })
  const keys = newKeys()
  const hand = new Hand(meeting, invite)
  const ask = hand.askOf(keys)
  await hand.commit(ask)
  hand.show(keys, ask)
  await eventually(() => host.candidates.length === 1)
  await hand.write(text('and another thing'))
  await eventually(() => hand.stream.destroyed && host.candidates.length === 0)
  t.pass()
})

test('silent ones in any number take the seat of nobody who asks', async (t) => {
  const { founder, invite, meeting, redeem } = await inviting(t, { uses: 5 })
  const silent = Array.from({ length: 3 * MAX_SEATS }, () => new Hand(meeting, invite))
  await Promise.all(silent.map(({ stream }) => stream.opened))
  t.ok((await redeem(newKeys())).grant)
  const alive = silent.filter(({ stream }) => !stream.destroyed)
  t.ok(alive.length < MAX_SEATS, `${alive.length} are still here`)
  t.is(founder.circle.roster.members.length, 2)
})

test('hundreds of requests that are garbage or forged cost no use and keep nobody out', async (t) => {
  const { founder, host, invite, meeting, redeem } = await inviting(t, { uses: 2 })
  const flood = Array.from({ length: 300 }, async (_, i) => {
    const hand = new Hand(meeting, invite)
    if (i % 3 === 0) return hand.write(text('garbage ' + i))
    const ask = hand.askOf(newKeys())
    await hand.commit(ask).catch(() => null)
    if (!hand.stream.destroyed) hand.show(newKeys(), ask)
  })
  const honest = redeem(newKeys())
  await Promise.all(flood)
  t.ok((await honest).grant)
  t.is(host.terms.used, 1)
  t.is(founder.circle.roster.members.length, 2)
})

test('the longest silent gives way first, and nobody who has asked', async (t) => {
  const { invite } = await inviting(t)
  const meeting = new Meeting()
  const { publicKey } = candidateKeyPair(invite.secret)
  await meeting.listen(inviterKeyPair(invite.secret), publicKey, () => {})
  const seats = new Seats()
  const streams = Array.from({ length: MAX_SEATS + 2 }, () => new Hand(meeting, invite).stream)
  for (const stream of streams.slice(0, MAX_SEATS)) t.ok(seats.take(stream))
  seats.asked(streams[0]!)
  t.ok(seats.take(streams[MAX_SEATS]!))
  t.is(seats.size, MAX_SEATS)
  t.absent(streams[0]!.destroying, 'it has asked')
  t.ok(streams[1]!.destroying, 'the longest silent')
  for (const stream of streams) seats.asked(stream)
  t.absent(seats.take(streams[MAX_SEATS + 1]!), 'everybody here has asked')
})

test('a stream that ends while a message is waited for ends the waiting', async (t) => {
  const { invite, meeting } = await inviting(t)
  const { stream } = new Hand(meeting, invite)
  const conversation = new Conversation(stream, 100)
  const next = conversation.next(60_000)
  next.catch(() => {})
  stream.destroy()
  await t.exception(() => next)
  await t.exception(() => conversation.next(60_000), 'and whoever asks later hears it at once')
})
