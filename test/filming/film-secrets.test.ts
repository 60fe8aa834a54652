import test from 'brittle'
import type { Film } from '../../core/filming/film.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { INIT, fragment, shoot, shootOn } from '../helpers/films/camera.ts'
import { crashCopy } from '../helpers/crashes/crash.ts'
import { eventually } from '../helpers/eventually.ts'
import { spySecrets } from '../helpers/secrets/spy-secrets.ts'
import { enrolled } from '../helpers/devices/station.ts'
import { filesWith, listenForSecrets } from './secrets.ts'

const FRAGMENTS = 12

test('what could extend, rewrite or open a film is never on its author’s disk', async (t) => {
  const [author] = await enrolled(t, 'contact')
  const heard = listenForSecrets(t)
  const film = author.film(t)
  await shoot(film, FRAGMENTS)
  const part = film.parts[0]!
  await onDisk(part)
  t.ok(heard.signing.length === 2 && heard.ratchet.length >= 3 * FRAGMENTS, 'they were heard')
  const secrets = [...heard.signing, ...heard.ratchet]
  const visible = (await part.core!.get(1, { wait: false }))!.subarray(0, 64)

  t.ok((await filesWith(author.dir, [visible])).length > 0, 'what is there is found')
  t.alike(await filesWith(author.dir, secrets), [], 'while it films')
  const killed = await crashCopy(t, author.dir)
  t.alike(await filesWith(killed, secrets), [], 'after a kill')
  await film.stop('stopped')
  t.alike(await filesWith(author.dir, secrets), [], 'after the seal')
  await author.close()
  t.alike(await filesWith(author.dir, secrets), [], 'after the end')
})

test('nothing of what was filmed can be read on its author’s disk', async (t) => {
  const [author] = await enrolled(t, 'contact')
  const film = author.film(t)
  await shoot(film, FRAGMENTS)
  await film.stop('stopped')
  const media = Array.from({ length: FRAGMENTS }, (_, i) => fragment(i).data)
  const pieces = [INIT, ...media].map((bytes) => bytes.subarray(100, 132))
  t.alike(await filesWith(author.dir, pieces), [])
  await author.close()
  t.alike(await filesWith(author.dir, pieces), [])
})

test('the secrets of a film are zeros in memory once it is sealed', async (t) => {
  const [author] = await enrolled(t, 'contact')
  const secrets = spySecrets(t)
  const film = author.film(t)
  await shoot(film, FRAGMENTS)
  await film.stop('stopped')
  const buffers = [...secrets.signing, ...secrets.chain, ...secrets.block]
  t.ok(buffers.length > 2 * FRAGMENTS)
  t.ok(buffers.every((secret) => secret.every((byte) => byte === 0)))
})

test('the secrets of a film that could not even begin are zeros, too', async (t) => {
  const [author] = await enrolled(t, 'contact')
  const secrets = spySecrets(t)
  author.circle.say = () => Promise.reject(new Error('no'))
  const film: Film = author.film(t)
  await t.exception(shoot(film, 1), /no/)
  t.ok(secrets.signing.length === 1 && secrets.signing[0]!.every((byte) => byte === 0))
})

test('its author cannot open a film afterwards, unless it was to stay readable', async (t) => {
  for (const keepReadable of [false, true]) {
    const [author, member] = await enrolled(t, 'contact')
    const film = author.film(t, { keepReadable })
    await shoot(film, FRAGMENTS)
    await film.stop('stopped')
    const again = await author.reopen(t)
    const replica = await eventually(() => again.exchange.replica(film.parts[0]!.key))
    await replica!.look()
    t.is(replica!.reader !== null, keepReadable)
    t.is(replica!.seconds, keepReadable ? 3 : null)
    t.ok(replica!.sealed, 'that it is whole is known all the same')
    await member.close()
    await again.close()
  }
})

test('a film that nobody else could open stays readable for who films it', async (t) => {
  const [author] = await enrolled(t, 'relay')
  const film = author.film(t)
  await shoot(film, FRAGMENTS)
  await film.stop('stopped')
  const again = await author.reopen(t)
  const replica = again.exchange.replica(film.parts[0]!.key)
  await replica!.look()
  t.is(replica!.seconds, 3)
})

test('every part of a film has secrets of its own, gone as the next begins', async (t) => {
  const [author] = await enrolled(t, 'contact')
  const secrets = spySecrets(t)
  const film = author.film(t, { rotateAfterMs: 0 })
  await shoot(film, 4)
  await shootOn(film, 4, 6)
  t.ok(film.parts.length > 1)
  t.is(secrets.signing.length, film.parts.length)
  const zeroed = secrets.signing.map((secret) => secret.every((byte) => byte === 0))
  t.alike(
    zeroed,
    zeroed.map((_, i) => i < film.parts.length - 1)
  )
})

function onDisk(part: Replica): Promise<boolean> {
  return eventually(() => part.length >= part.timeline.length)
}
