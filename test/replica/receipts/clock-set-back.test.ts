import test from 'brittle'
import { shootOn } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { SetClock } from '../../helpers/devices/set-clock.ts'
import { connect, enrolledWith } from '../../helpers/devices/station.ts'
import { made, reaches } from '../held.ts'
import { liveAt } from '../filmed.ts'

test('a holder whose clock is set back an hour fetches what was lost on the way, within seconds', async (t) => {
  const clock = new SetClock(4)
  const [author, holder] = await enrolledWith(t, { clock }, 'contact')
  await connect(t, author, holder)
  const { film, part, held } = await liveAt(t, author, holder)
  await eventually(() => held.mode === 'push' && part.upstream.followers === 1)
  clock.set(-3_600_000)
  part.upstream.unfollow(author.exchange.peerOf(holder.keys.device)!.channel!)
  await shootOn(film, 4, 8)
  await reaches(held, made(part))
  t.pass()
})
