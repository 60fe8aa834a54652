// Who asks for the key of a film and may not have it, or not yet; by hand, as often as they like.

import test from 'brittle'
import { connect, enrol, enrolled, found, revoke } from '../../helpers/devices/station.ts'
import { eventually } from '../../helpers/eventually.ts'
import { DESCRIPTION, INIT, shootOn } from '../../helpers/films/camera.ts'
import { byHand } from '../../replica/hostile/by-hand.ts'
import { asks, filmedBy, givenTo, lockable, opens } from './asking.ts'

test('a relay asks and is given nothing', async (t) => {
  const author = await found(t)
  const film = await filmedBy(t, author)
  const [relay, guest] = [await enrol(t, author, 'relay'), await enrol(t, author)]
  await asks(await byHand(t, relay, author), relay, author, film.key)
  await asks(await byHand(t, guest, author), guest, author, film.key)
  await eventually(() => givenTo(author, guest).length === 1)
  t.is(givenTo(author, relay).length, 0)
})

test('who filmed and kept no key is given none', async (t) => {
  const [author, reader, other] = await enrolled(t, 'contact', 'contact')
  const wire = await connect(t, author, reader)
  const film = await filmedBy(t, author)
  await opens(reader, film)
  wire.cut()
  await eventually(() => reader.exchange.peers.length === 0)
  await asks(await byHand(t, author, reader), author, reader, film.key)
  await asks(await byHand(t, other, reader), other, reader, film.key)
  await eventually(() => givenTo(reader, other).length === 1)
  t.is(givenTo(reader, author).length, 0)
})

test('a locked reader is silent, and answers once it is unlocked whoever still belongs', async (t) => {
  const { keys, unlock } = lockable()
  const author = await found(t, { keys })
  const film = await filmedBy(t, author)
  const [thief, guest] = [await enrol(t, author), await enrol(t, author)]
  keys.lock()
  await asks(await byHand(t, thief, author), thief, author, film.key)
  await asks(await byHand(t, guest, author), guest, author, film.key)
  await revoke(author, thief)
  t.is(givenTo(author, guest).length, 0)
  unlock()
  await eventually(() => givenTo(author, guest).length === 1)
  t.is(givenTo(author, thief).length, 0)
})

test('who asks again is given nothing more, and of a film that runs nothing before it is over', async (t) => {
  const author = await found(t)
  const [first, second] = [await filmedBy(t, author), await filmedBy(t, author)]
  const running = author.film(t)
  await running.begin(DESCRIPTION, INIT)
  await shootOn(running, 0, 4)
  const guest = await enrol(t, author)
  const asking = await byHand(t, guest, author)
  const live = running.parts[0]!.key
  await asks(asking, guest, author, first.key, live)
  await eventually(() => givenTo(author, guest).length === 1)
  await asks(asking, guest, author, first.key, first.key, second.key)
  await eventually(() => givenTo(author, guest).length === 2)
  await running.stop('stopped')
  await eventually(() => givenTo(author, guest).length === 3)
  t.alike(
    givenTo(author, guest).map(({ recording }) => recording),
    [first.key, second.key, live]
  )
})
