// What a revoked device wrote afterwards, and somebody took from it who had not heard of its revocation.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Film } from '../../../core/filming/film.ts'
import { shoot } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { agree, connect, enrol, enrolled, revoke } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { blocksOf, made, reaches, replicaAt } from '../../replica/held.ts'

test('what a member took from a revoked device in good faith is kept and marked, and handed on to nobody', async (t) => {
  const { ana, ben, cleo, after } = await parted(t)
  const held = await replicaAt(ben, after)
  const { length } = held
  await connect(t, ana, ben)
  await eventually(() => ben.exchange.isApart(held))
  t.alike(ben.exchange.apart, [held])
  t.absent(ben.exchange.replicas.includes(held))
  t.is((await blocksOf(held)).length, length)
  await agree(ana, ben, cleo)
  const dora = await enrol(t, ana)
  await connect(t, ana, dora)
  await connect(t, ben, dora)
  await eventually(() => dora.circle.lines.length >= ben.circle.lines.length)
  for (const { exchange } of [ana, dora]) {
    const copy = exchange.replica(after)
    t.ok(copy === null || (exchange.isApart(copy) && copy.length === 0))
  }
  const again = await ben.reopen(t)
  const kept = await replicaAt(again, after)
  t.is(kept.length, length)
  t.ok(again.exchange.isApart(kept))
})

test('what a member held of it before the revocation is held by all, though its revoker had not heard of it', async (t) => {
  const { ana, ben, before, blocks } = await parted(t)
  t.is(ana.exchange.replica(before), null)
  await connect(t, ana, ben)
  const copy = await replicaAt(ana, before)
  await reaches(copy, blocks)
  t.absent(ana.exchange.isApart(copy))
  t.absent(ben.exchange.isApart(await replicaAt(ben, before)))
})

test('who knows of a revocation takes nothing more from the device, though the link stands', async (t) => {
  const { ana, ben, cleo, wire } = await parted(t)
  await connect(t, ana, ben)
  await eventually(() => ben.exchange.apart.length === 1)
  t.absent(wire.a.closed)
  const known = ben.exchange.replicas.length
  await shot(t, cleo)
  await ana.circle.say({ kind: 'alarm', body: { ...ALARM, device: ana.keys.device } })
  await eventually(() => ben.circle.lines.some(({ entry }) => entry.kind === 'alarm'))
  t.is(ben.exchange.replicas.length, known)
  t.is(ben.exchange.apart.length, 1)
})

const ALARM = { alarm: 'silence' as const, recording: null, proof: new Uint8Array(0), atMs: 1 }

/** Ana revokes cleo while nobody hears it; cleo films before it and after it, and ben holds both. */
async function parted(t: Assert) {
  const [ana, ben, cleo] = await enrolled(t, 'contact', 'contact')
  const wire = await connect(t, ben, cleo)
  const before = await shot(t, cleo)
  const blocks = made(before.parts[0]!)
  await reaches(await replicaAt(ben, before.parts[0]!.key), blocks)
  await eventually(() => ben.circle.lines.some(({ entry }) => entry.kind === 'receipts'))
  await revoke(ana, cleo)
  const after = await shot(t, cleo)
  const held = await replicaAt(ben, after.parts[0]!.key)
  await reaches(held, made(after.parts[0]!))
  return { ana, ben, cleo, wire, before: before.parts[0]!.key, after: held.key, blocks }
}

async function shot(t: Assert, station: Station): Promise<Film> {
  const film = station.film(t)
  await shoot(film, 4)
  await film.stop('stopped')
  return film
}
