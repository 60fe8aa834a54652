import test from 'brittle'
import { TemoinError } from '../../core/errors.ts'
import type { Film } from '../../core/filming/film.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { shoot, shootOn } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrolled } from '../helpers/devices/station.ts'
import { made, reaches, replicaAt } from '../replica/held.ts'
import { liveAt } from '../replica/filmed.ts'

test('a film whose own disk is full takes no more, and its holders learn why', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  await connect(t, author, holder)
  const { film, part, held } = await liveAt(t, author, holder)
  await eventually(() => part.length === made(part) && part.upstream.followers === 1)
  part.core!.append = () => Promise.reject(new Error('No space left on device'))
  const refused = await shootUntilRefused(film)
  t.ok(TemoinError.is(refused, 'STORAGE_FULL'), 'it says that this disk is full')
  await film.stop('storage-full')
  await eventually(() => held.sealed)
  t.is(held.timeline.seal?.reason, 'storage-full')
  t.is(held.length, made(part), 'and have what this disk has not')
})

test('a holder that was fetching when the author’s disk refused has the newest blocks all the same', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  const film = author.film(t)
  await shoot(film, 40, 60_000)
  const part = film.parts[0]!
  await eventually(() => part.length === made(part))
  refuseAfter(part, 20)
  const wire = await connect(t, author, holder)
  wire.pause()
  const refused = await shootUntilRefused(film, 300_000)
  t.ok(TemoinError.is(refused, 'STORAGE_FULL'))
  await film.stop('storage-full')
  wire.resume()
  const held = await replicaAt(holder, part.key)
  await reaches(held, made(part))
  t.ok(part.length < made(part), 'which the author’s own disk has not')
})

/** A write that hangs for as long as it takes to film so many blocks more, and fails then. */
function refuseAfter(part: Replica, blocks: number): void {
  const from = made(part)
  part.core!.append = async () => {
    await eventually(() => made(part) >= from + blocks)
    throw new Error('No space left on device')
  }
}

async function shootUntilRefused(film: Film, bytes?: number): Promise<unknown> {
  try {
    await shootOn(film, 40, 400, bytes)
    return null
  } catch (err) {
    return err
  }
}
