import test from 'brittle'
import { TemoinError } from '../../core/errors.ts'
import type { Film } from '../../core/filming/film.ts'
import { shoot, shootOn } from '../helpers/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrolled } from '../helpers/station.ts'
import type { Station } from '../helpers/station.ts'
import { made, reaches, replicaAt } from '../replica/held.ts'

test('a film whose own disk is full takes no more, and its holders learn why', async (t) => {
  const [author, holder] = (await enrolled(t, 'contact')) as [Station, Station]
  await connect(t, author, holder)
  const film = author.film(t)
  await shoot(film, 4)
  const part = film.parts[0]!
  const held = await replicaAt(holder, part.key)
  await reaches(held, made(part))
  await eventually(() => part.length === made(part) && part.upstream.followers === 1)
  part.core!.append = () => Promise.reject(new Error('No space left on device'))
  const refused = await shootUntilRefused(film)
  t.ok(TemoinError.is(refused, 'STORAGE_FULL'), 'it says that this disk is full')
  await film.stop('storage-full')
  await eventually(() => held.sealed)
  t.is(held.timeline.seal?.reason, 'storage-full')
  t.is(held.length, made(part), 'and have what this disk has not')
})

async function shootUntilRefused(film: Film): Promise<unknown> {
  try {
    await shootOn(film, 4, 50)
    return null
  } catch (err) {
    return err
  }
}
