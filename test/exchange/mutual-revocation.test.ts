// Revocations in the middle of films: of who feeds the others, and of two who cut each other off.

import test from 'brittle'
import { shoot, shootOn } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrolled, revoke } from '../helpers/devices/station.ts'
import type { Station } from '../helpers/devices/station.ts'
import { blocksOf, made, reaches, replicaAt, sameBytes } from '../replica/held.ts'

test('a first hop that is cut off in the middle of a film gets none of the rest, and starves nobody', async (t) => {
  const [author, hop, other, third] = await enrolled(t, 'contact', 'contact', 'contact')
  await connect(t, author, hop)
  const film = author.film(t, { firstHops: 1 })
  await shoot(film, 4)
  await reaches(await replicaAt(hop, film.parts[0]!.key), made(film.parts[0]!))
  for (const [a, b] of pairsOf([author, hop, other, third]).slice(1)) await connect(t, a, b)
  await shootOn(film, 4, 8)
  await reaches(await replicaAt(third, film.parts[0]!.key), made(film.parts[0]!))
  await revoke(author, hop)
  await shootOn(film, 8, 16)
  await film.stop('stopped')
  t.is(film.parts.length, 2, 'it goes on in a part that has no key for it')
  for (const { exchange } of [other, third]) {
    const held = await eventually(() => exchange.replica(film.parts[1]!.key))
    await reaches(held!, made(film.parts[1]!))
  }
  t.is(hop.exchange.replica(film.parts[1]!.key), null)
})

test('of two organisers who cut each other off while both film nothing that was held is lost', async (t) => {
  const [founder, ana, ben, holder] = await enrolled(t, 'organiser', 'organiser', 'contact')
  for (const one of [founder, ana, ben]) await connect(t, one, holder)
  const films = [ana.film(t), ben.film(t)]
  for (const film of films) await shoot(film, 4)
  const held = await Promise.all(films.map((film) => replicaAt(holder, film.parts[0]!.key)))
  for (const [i, film] of films.entries()) await reaches(held[i]!, made(film.parts[0]!))
  const before = await Promise.all(held.map(blocksOf))
  for (const { key } of held) await replicaAt(founder, key) // its author's journal has told of it
  await Promise.all([revoke(ana, ben), revoke(ben, ana)])
  // who is cut off first may not get its own word out any more
  const outAt = (station: Station): boolean[] => [ana, ben].map((one) => isOut(station, one))
  await eventually(() => {
    const out = outAt(holder)
    return out.includes(true) && out.join() === outAt(founder).join()
  })
  for (const [i, replica] of held.entries()) {
    t.ok(sameBytes((await blocksOf(replica)).slice(0, before[i]!.length), before[i]!))
    t.absent(holder.exchange.isApart(replica), 'it was announced before')
    const copy = await replicaAt(founder, replica.key)
    await reaches(copy, before[i]!.length)
  }
})

function isOut({ circle }: Station, { keys }: Station): boolean {
  return circle.roster.active(keys.device) === null
}

function pairsOf(all: Station[]): [Station, Station][] {
  return all.flatMap((a, i) => all.slice(i + 1).map((b): [Station, Station] => [a, b]))
}
