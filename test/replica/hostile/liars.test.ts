import b4a from 'b4a'
import test from 'brittle'
import { shootOn } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolledWith, fastClock } from '../../helpers/devices/station.ts'
import { createAuthor } from '../../store/hypercore/evil.ts'
import { boast } from './boast.ts'
import { byHand } from './by-hand.ts'
import { Forger } from './forger.ts'
import { blocksOf, made, reaches, replicaAt, sameBytes } from '../held.ts'
import { liveAt } from '../filmed.ts'

test('a member that says it has more than there is, and gives nothing, keeps nobody from the author', async (t) => {
  const [author, holder, liar] = await enrolledWith(
    t,
    { clock: fastClock(10) },
    'contact',
    'contact'
  )
  const first = await connect(t, author, holder)
  const { film, part, held } = await liveAt(t, author, holder)
  first.cut()
  const link = (await byHand(t, liar, holder)).link
  await boast(t, part, link.a.mux)
  await eventually(() => held.core!.peers.some((peer) => peer.remoteLength === 1000))
  await connect(t, author, holder)
  await reaches(held, made(part))
  await shootOn(film, 4, 12)
  await reaches(held, made(part))
  t.pass()
})

for (const length of [0, 3]) {
  test(`an author that truncates its own film to ${length} is found out, and the film stays and goes on`, async (t) => {
    const [author, holder, other, late] = await enrolledWith(
      t,
      { clock: fastClock(10) },
      'contact',
      'contact',
      'contact'
    )
    const forger = new Forger()
    const truth = values(12)
    await connect(t, author, other)
    const first = await connect(t, author, holder)
    const replica = await forger.film(author)
    const held = await replicaAt(holder, forger.key)
    const copy = await replicaAt(other, forger.key)
    await eventually(() => replica.upstream.followers === 2)
    for (const block of forger.history(truth).slice(0, 6)) await replica.publish(block)
    await reaches(held, 6)
    first.cut()

    const evil = await createAuthor(t, forger.pair)
    await evil.append(...truth.slice(0, 6))
    await evil.truncate(length)
    const link = (await byHand(t, author, holder)).link
    evil.core.core.replicator.attachTo(link.a.mux)
    await eventually(() => holder.attempts.length > 0)
    t.alike([holder.attempts[0]!.kind, holder.attempts[0]!.fork], ['fork-offer', 1])
    t.alike(holder.attempts[0]!.device, author.keys.device)
    await eventually(async () => {
      const said = link.chunks
      await new Promise<void>((resolve) => setTimeout(resolve, 1000))
      return link.chunks - said < 20
    })
    t.pass('the link is quiet')

    for (const block of forger.history(truth).slice(6)) await replica.publish(block)
    await reaches(copy, 12)
    await connect(t, other, holder)
    await reaches(held, 12)
    await connect(t, holder, late)
    const fresh = await replicaAt(late, forger.key)
    await reaches(fresh, 12)
    t.ok(sameBytes(await blocksOf(fresh), truth), 'a fresh holder gets all of it')
  })
}

function values(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => b4a.from('what was filmed, block ' + i))
}
