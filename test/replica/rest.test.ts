import test from 'brittle'
import type { Assert } from 'brittle'
import type { Replica } from '../../core/replica/replica.ts'
import { shoot, shootOn } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrol, enrolledWith, fastClock } from '../helpers/devices/station.ts'
import type { StationOptions } from '../helpers/devices/station.ts'
import { made, reaches, replicaAt } from './held.ts'

test('a whole recording that nobody asks for rests, and still says what it is', async (t) => {
  const { author, holder, part, held } = await filmed(t)
  await eventually(() => isResting(held) && isResting(part))
  t.ok(held.sealed)
  t.is(held.seconds, 3)
  t.is(held.length, part.length)
  t.is(author.exchange.peers.length + holder.exchange.peers.length, 2, 'the link stays')
})

test('a recording that rests wakes for a member who wants it, and rests again', async (t) => {
  const { author, holder, part, held } = await filmed(t)
  await eventually(() => isResting(held) && isResting(part))
  const { length } = held
  const late = await enrol(t, author, 'contact', hasty())
  await connect(t, author, late)
  await connect(t, holder, late)
  const copy = await replicaAt(late, part.key)
  await reaches(copy, length)
  await eventually(() => [part, held, copy].every(isResting))
  t.ok(copy.sealed)
})

test('what is missing at one is fetched from another, though both had put it to rest', async (t) => {
  const [author, first, second] = await enrolledWith(t, hasty(), 'contact', 'contact')
  const one = await connect(t, author, first)
  const two = await connect(t, author, second)
  const film = author.film(t)
  await shoot(film, 4)
  const part = film.parts[0]!
  const [whole, cut] = [await replicaAt(first, part.key), await replicaAt(second, part.key)]
  await reaches(cut, made(part))
  second.isFull = true
  await shootOn(film, 4, 12)
  await film.stop('stopped')
  await eventually(() => whole.sealed && cut.end !== null)
  one.cut()
  two.cut()
  await author.close()
  second.isFull = false
  await eventually(() => isResting(whole))
  await eventually(() => isResting(cut))
  t.absent(cut.sealed)
  await connect(t, first, second)
  await eventually(() => cut.sealed)
  t.is(cut.length, whole.length)
})

test('a film that ends after a long silence is on its own disk, seal and all, before it rests', async (t) => {
  const [author, holder] = await enrolledWith(t, hasty(), 'contact')
  const line = await connect(t, author, holder)
  const film = author.film(t)
  await shoot(film, 4)
  const part = film.parts[0]!
  await eventually(() => part.upstream.followers === 1) // whose copies come before our own
  await reaches(part, made(part))
  line.toA.pause() // no receipt comes in time to wake it
  const stopped = film.stop('stopped')
  await eventually(() => part.end !== null, { everyMs: 1 })
  await part.rest() // as where nothing has been filmed for longer than a whole one waits to rest
  await stopped
  t.is(part.length, made(part))
  t.alike(author.troubles, [])
})

async function filmed(t: Assert) {
  const [author, holder] = await enrolledWith(t, hasty(), 'contact')
  await connect(t, author, holder)
  const film = author.film(t)
  await shoot(film, 12)
  const part = film.parts[0]!
  const held = await replicaAt(holder, part.key)
  await film.stop('stopped')
  await eventually(() => held.sealed && held.timeline.seal !== null)
  return { author, holder, part, held }
}

/** Twenty seconds pass in one. */
function hasty(): StationOptions {
  return { clock: fastClock(20) }
}

function isResting(replica: Replica): boolean {
  return replica.core === null
}
