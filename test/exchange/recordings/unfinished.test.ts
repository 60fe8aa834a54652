import test from 'brittle'
import type { Assert } from 'brittle'
import { MAX_AWAKE } from '../../../core/exchange/recordings/unfinished.ts'
import { shoot } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolled, enrolledWith, fastClock } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { Forger } from '../../replica/hostile/forger.ts'
import { made, reaches, replicaAt } from '../../replica/held.ts'

const MANY = 4 * MAX_AWAKE

test('a member that announces ever more recordings takes a few channels, and hinders no other’s film', async (t) => {
  const [author, hostile, holder] = await enrolled(t, 'contact', 'contact')
  await announceMany(hostile)
  await connect(t, hostile, holder)
  await connect(t, author, holder)
  await connect(t, hostile, author)
  await eventually(() => announcedAt(author) === MANY && announcedAt(holder) === MANY)
  const film = author.film(t)
  await shoot(film, 2)
  await reaches(await replicaAt(holder, film.parts[0]!.key), made(film.parts[0]!))
  for (const { exchange } of [author, holder]) {
    const open = exchange.replicas.filter(({ core }) => core !== null)
    t.ok(open.length <= MAX_AWAKE + 1, `${open.length} are open`)
  }
})

test('what such a member films in truth, in the middle of it, has its turn and is held', async (t) => {
  const clock = fastClock(20)
  const [hostile, holder] = await enrolledWith(t, { clock }, 'contact')
  await announceMany(hostile)
  const first = await filmed(t, hostile)
  await announceMany(hostile)
  await connect(t, hostile, holder)
  const held = await eventually(() => holder.exchange.replica(first.key))
  await reaches(held!, first.length)
})

test('a holder that starts again knows what it holds of such a member, and has few open', async (t) => {
  const [hostile, holder] = await enrolled(t, 'contact')
  await connect(t, hostile, holder)
  const first = await filmed(t, hostile)
  await reaches(await replicaAt(holder, first.key), first.length)
  await announceMany(hostile)
  await eventually(() => announcedAt(holder) === MANY + 1)
  const again = await holder.reopen(t)
  t.is(again.exchange.replicas.length, MANY + 1)
  t.is(again.exchange.replica(first.key)!.length, first.length)
  t.ok(again.exchange.replicas.filter(({ core }) => core !== null).length <= MAX_AWAKE + 1)
})

/** Announcements of recordings that nobody will ever see a block of. */
async function announceMany({ circle, keys, clock }: Station): Promise<void> {
  const station = { circle, keys, clock } as Station
  for (let i = 0; i < MANY; i++) {
    const body = new Forger().announcement(station)
    await circle.say({ kind: 'recording-announced', body })
  }
}

/** A recording that its author holds three blocks of, and never ends. */
async function filmed(t: Assert, author: Station): Promise<{ key: Uint8Array; length: number }> {
  const film = author.film(t)
  await shoot(film, 2)
  const [part] = film.parts
  await eventually(() => part!.length === made(part!))
  return { key: part!.key, length: part!.length }
}

function announcedAt({ circle }: Station): number {
  return circle.lines.filter(({ entry }) => entry.kind === 'recording-announced').length
}
