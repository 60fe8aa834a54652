import test from 'brittle'
import { shoot, shootOn } from '../../helpers/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { SetClock } from '../../helpers/set-clock.ts'
import { connect, enrolledWith } from '../../helpers/station.ts'
import type { Station } from '../../helpers/station.ts'
import { made, reaches, replicaAt } from '../held.ts'

test('a holder whose clock is set back an hour fetches what was lost on the way, within seconds', async (t) => {
  const clock = new SetClock(4)
  const [author, holder] = (await enrolledWith(t, { clock }, 'contact')) as [Station, Station]
  await connect(t, author, holder)
  const film = author.film(t)
  await shoot(film, 4)
  const part = film.parts[0]!
  const held = await replicaAt(holder, part.key)
  await eventually(() => held.mode === 'push' && part.upstream.followers === 1)
  await reaches(held, made(part))
  clock.set(-3_600_000)
  part.upstream.unfollow(author.exchange.peerOf(holder.keys.device)!.channel!)
  await shootOn(film, 4, 8)
  await reaches(held, made(part))
  t.pass()
})
