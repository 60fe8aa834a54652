import test from 'brittle'
import type Hypercore from 'hypercore'
import { shootOn } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolled } from '../../helpers/devices/station.ts'
import { made, reaches } from '../held.ts'
import { liveAt } from '../filmed.ts'

test('an author whose disk is slower than its holders films on', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  await connect(t, author, holder)
  const { film, part, held } = await liveAt(t, author, holder, 1)
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
