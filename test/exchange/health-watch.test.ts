import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { HealthWatch } from '../../core/exchange/health-watch.ts'
import type { Checked, HealthCursor } from '../../core/exchange/health-watch.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { shoot } from '../helpers/films/camera.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrolled } from '../helpers/devices/station.ts'
import type { Station } from '../helpers/devices/station.ts'
import { flipBit } from '../replica/flip.ts'
import { blocksOf, replicaAt, sameBytes } from '../replica/held.ts'

const FILMS = 3

test('everything that is held is read, and what is damaged comes again from another holder', async (t) => {
  const { holder, all } = await filmed(t)
  const truth = await blocksOf(all[1]!)
  await flipBit(all[1]!.core!, 2)
  const { checked } = await watch(t, holder)
  await eventually(() => checked.length >= FILMS)
  const lost = checked.filter((one) => one.lost.length > 0)
  t.alike(lost[0]!.lost, [2])
  t.ok(lost.every((one) => one.recording === lost[0]!.recording))
  await eventually(async () => sameBytes(await blocksOf(all[1]!), truth))
  t.pass('it has come')
})

test('a watch that is closed goes on where it was', async (t) => {
  const { holder, all } = await filmed(t)
  const first = await watch(t, holder, { bytesPerSecond: 1 })
  await eventually(() => first.cursors.length === 1)
  await first.watch.close()
  const cursor = first.cursors[0]!
  t.ok(cursor.index > 0)
  const second = await watch(t, holder, { cursor })
  await eventually(() => second.checked.length >= FILMS)
  t.alike(second.checked[0]!.recording, cursor.recording)
  t.is(all.length, FILMS)
})

test('what rested rests again once it has been read', async (t) => {
  const { holder, all, wire } = await filmed(t)
  wire.cut()
  await eventually(() => holder.exchange.peers.length === 0)
  for (const replica of all) await replica.rest()
  const { checked } = await watch(t, holder, { roundPauseMs: 3_600_000 })
  await eventually(() => checked.length >= FILMS)
  await eventually(() => all.every(({ core }) => core === null))
  t.is(new Set(checked.map(({ recording }) => recording)).size, FILMS, 'each in its turn')
})

test('what cannot be read keeps nothing else from being read, and the round ends', async (t) => {
  const { holder, all } = await filmed(t)
  const last = [...all].sort((a, b) => b4a.compare(b.key as any, a.key as any))[0]!
  await flipBit(last.core!, 2)
  const quarantine = path.join(holder.dir, 'in-its-way')
  await fs.promises.writeFile(quarantine, 'a file where the folder for damaged blocks would be')
  const { watch: reading, checked } = await watch(t, holder, { quarantine, idleMs: 10 })
  const troubles: unknown[] = []
  reading.on('trouble', (err) => troubles.push(err))
  let rounds = 0
  reading.on('round', () => rounds++)
  await eventually(() => rounds >= 2)
  t.ok(troubles.length >= 1)
  t.is(new Set(checked.map(({ recording }) => recording)).size, FILMS - 1)
})

async function watch(t: Assert, { exchange, keys, dir }: Station, options: object = {}) {
  const checked: Checked[] = []
  const cursors: HealthCursor[] = []
  const watch = new HealthWatch({
    self: keys.device,
    replicas: () => exchange.replicas,
    quarantine: path.join(dir, 'quarantine'),
    bytesPerSecond: 1e9,
    roundPauseMs: 10,
    ...options
  })
  watch.on('checked', (one) => checked.push(one))
  watch.on('cursor', (cursor) => cursors.push(cursor))
  t.teardown(() => watch.close(), { order: -2 })
  await watch.ready()
  return { watch, checked, cursors }
}

async function filmed(t: Assert) {
  const [author, holder] = await enrolled(t, 'contact')
  const wire = await connect(t, author, holder)
  const all: Replica[] = []
  for (let i = 0; i < FILMS; i++) {
    const film = author.film(t)
    await shoot(film, 20)
    await film.stop('stopped')
    const held = await replicaAt(holder, film.parts[0]!.key)
    await eventually(() => held.sealed)
    all.push(held)
  }
  return { holder, all, wire }
}
