import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { readPublicHeader } from '../../core/recording/reader.ts'
import type { Role } from '../../core/types/keys.ts'
import { DESCRIPTION, INIT, fragment, shootOn } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrol, enrolled, revoke } from '../helpers/devices/station.ts'
import type { Station } from '../helpers/devices/station.ts'
import { made, reaches, replicaAt } from '../replica/held.ts'

test('a part that a revoked device could open ends at once, in the middle of a picture if need be', async (t) => {
  const { author, reader, member, film } = await filming(t, 'contact')
  await shootOn(film, 0, 2)
  await revoke(author, member)
  await shootOn(film, 2, 6)
  await film.stop('stopped')
  t.is(film.parts.length, 2)
  t.alike(film.parts[1]!.announced.previous, film.parts[0]!.key)
  const media: Uint8Array[] = []
  for (const part of film.parts) media.push(...(await mediaOf(reader, part.key, made(part))))
  const whole = Array.from({ length: 6 }, (_, i) => fragment(i).data)
  t.alike(b4a.concat(media), b4a.concat(whole), 'and nothing is lost between the two')
  const first = await replicaAt(reader, film.parts[0]!.key)
  await eventually(() => first.timeline.seal?.reason === 'rotated')
  const boxes = await boxesOf(reader, film.parts[1]!.key)
  t.absent(boxes.some((box) => member.keys.unwrap(box) !== null))
  t.ok(boxes.some((box) => reader.keys.unwrap(box) !== null))
})

test('it goes on where who is revoked, or who comes, changes nothing of who can open it', async (t) => {
  const { author, member, film } = await filming(t, 'relay')
  await shootOn(film, 0, 2)
  await revoke(author, member)
  await enrol(t, author)
  await shootOn(film, 2, 6)
  await film.stop('stopped')
  t.is(film.parts.length, 1)
})

/** A film that has begun, a reader who stays, and a member who will not. */
async function filming(t: Assert, role: Role) {
  const [author, reader, member] = await enrolled(t, 'contact', role)
  await connect(t, author, reader)
  const film = author.film(t)
  await film.begin(DESCRIPTION, INIT)
  return { author, reader, member, film }
}

/** The media in a recording, as that device can open it. */
async function mediaOf(station: Station, key: Uint8Array, length: number): Promise<Uint8Array[]> {
  const copy = await replicaAt(station, key)
  await reaches(copy, length)
  const media: Uint8Array[] = []
  for (let i = 1; i < length; i++) {
    const entry = copy.reader!.entry(i, (await copy.core!.get(i, { wait: false }))!)
    if (entry.kind === 'fragment') media.push(entry.body.data)
  }
  return media
}

/** The wrapped keys in a recording's first block. */
async function boxesOf(station: Station, key: Uint8Array): Promise<Uint8Array[]> {
  const { core } = await replicaAt(station, key)
  return readPublicHeader((await core!.get(0, { wait: false }))!).wrappedKeys
}
