import test from 'brittle'
import type Hypercore from 'hypercore'
import { shoot, shootOn } from '../../helpers/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolled } from '../../helpers/station.ts'
import type { Station } from '../../helpers/station.ts'
import { made, reaches, replicaAt } from '../held.ts'

test('an author whose disk is slower than its holders films on', async (t) => {
  const [author, holder] = (await enrolled(t, 'contact')) as [Station, Station]
  await connect(t, author, holder)
  const film = author.film(t)
  await shoot(film, 1)
  const part = film.parts[0]!
  const held = await replicaAt(holder, part.key)
  await reaches(held, made(part))
  slowDown(part.core!)
  await shootOn(film, 1, 5)
  await film.stop('stopped')
  t.alike(author.troubles, [])
  t.is(part.length, made(part), 'its own disk has all of it')
  t.ok(await reaches(held, made(part)), 'and so has the holder')
})

/** Each append waits for the block to come back from a holder, which it must not. */
function slowDown(core: Hypercore): void {
  const append = core.append.bind(core)
  core.append = async (...args) => {
    const { length } = core
    await eventually(() => core.length > length, { timeoutMs: 200 }).catch(() => {})
    return append(...args)
  }
}
