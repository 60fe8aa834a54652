// Keys of films for who came after they were filmed: given by whoever can open them, to whoever may.

import b4a from 'b4a'
import test from 'brittle'
import { wrapFor } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { connect, enrol, enrolled, found } from '../../helpers/devices/station.ts'
import { eventually } from '../../helpers/eventually.ts'
import { filmedBy, givenTo, holdsClosed, lockable, opens } from './asking.ts'

test('who is invited after a film was made alone opens it, and gives the key to others', async (t) => {
  const author = await found(t)
  const film = await filmedBy(t, author)
  const guest = await enrol(t, author, 'organiser')
  await connect(t, author, guest)
  const copy = await opens(guest, film)
  t.ok(b4a.equals(copy.reader!.noteKey, (await opens(author, film)).reader!.noteKey))
  t.is(copy.seconds, 1)
  await author.close()
  const late = await enrol(t, guest)
  await connect(t, guest, late)
  await opens(late, film)
  t.alike(
    givenTo(guest, late).map(({ by }) => by),
    [guest.keys.device]
  )
})

test('an earlier film of a member who is gone is opened with another reader', async (t) => {
  const [founder, author, reader] = await enrolled(t, 'contact', 'keeper')
  await connect(t, author, reader)
  const film = await filmedBy(t, author)
  await opens(reader, film)
  await author.close()
  const late = await enrol(t, founder)
  const wire = await connect(t, founder, late)
  await eventually(() => late.circle.roster.active(reader.keys.device) !== null)
  wire.cut()
  await connect(t, founder, reader)
  await eventually(() => reader.circle.roster.active(late.keys.device) !== null)
  await connect(t, reader, late)
  await opens(late, film)
  await eventually(() => givenTo(founder, late).length === 1)
  t.alike(givenTo(founder, late)[0]!.by, reader.keys.device)
})

test('one key is given, though several members could', async (t) => {
  const author = await found(t)
  const film = await filmedBy(t, author)
  const [one, other, late] = [
    await enrol(t, author),
    await enrol(t, author),
    await enrol(t, author)
  ]
  await connect(t, author, one)
  await connect(t, author, other)
  await connect(t, one, other)
  for (const guest of [one, other]) await opens(guest, film)
  for (const guest of [author, one, other]) await connect(t, guest, late)
  await opens(late, film)
  for (const guest of [author, one, other, late]) {
    await eventually(() => givenTo(guest, late).length === 1)
  }
  t.is(givenTo(author, late).length, 1)
})

test('a false key keeps no true one out, and opens nothing', async (t) => {
  const author = await found(t)
  const film = await filmedBy(t, author)
  const liar = await enrol(t, author, 'organiser')
  await connect(t, author, liar)
  await opens(liar, film)
  const guest = await enrol(t, liar)
  for (const wrappedKey of [wrapFor(guest.keys.box, randomBytes(32)), randomBytes(80)]) {
    const body = { recording: film.key, device: guest.keys.device, wrappedKey }
    await liar.circle.say({ kind: 'grant', body })
  }
  await eventually(() => givenTo(author, guest).length === 2)
  await connect(t, liar, guest)
  await eventually(() => givenTo(guest, guest).length === 2)
  const copy = await holdsClosed(guest, film)
  t.is(copy.reader, null)
  await connect(t, author, guest)
  await opens(guest, film)
  t.alike(
    givenTo(guest, guest).map(({ by }) => by),
    [liar, liar, author].map(({ keys }) => keys.device)
  )
  t.alike([guest.troubles, author.troubles], [[], []])
})

test('what was given opens after a restart, and after it was locked and unlocked', async (t) => {
  const author = await found(t)
  const film = await filmedBy(t, author)
  const { keys, unlock } = lockable()
  const guest = await enrol(t, author, 'contact', { keys })
  await connect(t, author, guest)
  await opens(guest, film)
  await author.close()
  const again = await guest.reopen(t)
  const copy = await opens(again, film)
  keys.lock()
  copy.setReadable(false)
  t.is(copy.reader, null)
  unlock()
  copy.setReadable(true)
  await opens(again, film)
  t.pass()
})

test('one who was restarted before it had a key is given it, though nobody looks at the film', async (t) => {
  const { keys, unlock } = lockable()
  const author = await found(t, { keys })
  const film = await filmedBy(t, author)
  const first = await enrol(t, author)
  keys.lock()
  await connect(t, author, first)
  await holdsClosed(first, film)
  const guest = await first.reopen(t)
  unlock()
  await connect(t, author, guest)
  await eventually(() => givenTo(author, guest).length === 1)
  await opens(guest, film)
  t.is(givenTo(author, guest).length, 1)
})
