import test from 'brittle'
import { shoot } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolledWith, fastClock } from '../../helpers/devices/station.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { made, reaches, replicaAt } from '../held.ts'

const LATENCY = { latencyMs: 40 }

test('two holders whose only source fell silent for a while ask it again, though each knows the other knows of more', async (t) => {
  const clock = fastClock(10)
  const [author, first, second] = await enrolledWith(t, { clock }, 'contact', 'contact')
  const film = author.film(t)
  await shoot(film, 30, 100_000)
  const part = film.parts[0]!
  await reaches(part, made(part))
  await connect(t, first, second)
  const lines = [
    await connect(t, author, first, LATENCY),
    await connect(t, author, second, LATENCY)
  ]
  const copies = [await replicaAt(first, part.key), await replicaAt(second, part.key)]
  await Promise.all(
    copies.map(async (copy, i) => {
      await grows(copy, made(part))
      lines[i]!.pause()
    })
  )
  t.ok(copies.every((copy) => copy.length < made(part)))
  const isLetGo = (copy: Replica, { link }: { link: any }): boolean =>
    copy.fetching.lengthAt(link) === -1
  await eventually(() =>
    [first, second].every((station, i) =>
      isLetGo(copies[i]!, station.exchange.peerOf(author.keys.device)!)
    )
  )
  for (const line of lines) line.resume()
  await Promise.all(copies.map((copy) => reaches(copy, made(part))))
  t.pass('and have all of it')
})

/** Resolves in the very turn in which it is known that there is so much: the blocks come behind that. */
async function grows({ core }: Replica, length: number): Promise<void> {
  while (core!.length < length) {
    await new Promise<void>((resolve) => void core!.once('append', () => resolve()))
  }
}
