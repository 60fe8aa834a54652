import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { HealthCheck, Repair } from '../../core/replica/health-check.ts'
import type { Replica } from '../../core/replica/replica.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrolled } from '../helpers/devices/station.ts'
import type { Station } from '../helpers/devices/station.ts'
import { flipBit, removeBlock } from './flip.ts'
import { blocksOf, made, replicaAt, sameBytes } from './held.ts'
import { wholeAt } from './filmed.ts'

test('what is held as it was signed is found sound', async (t) => {
  const { holder, held } = await filmed(t)
  const check = await checked(holder, held)
  t.alike(check.lost, [])
  t.is(check.next, held.end)
  t.is(await check.isSigned(), true, 'all of it together is what the author signed')
})

test('a flipped bit is found, its block is fetched again, and the holder counts again', async (t) => {
  const { author, other, holder, part, held } = await filmed(t)
  const truth = await blocksOf(held)
  await cutOff(author, other, holder)
  const damaged = await flipBit(await held.wake(), 3)
  await removeBlock(await held.wake(), 7)
  const check = await checked(holder, held)
  t.alike(check.damaged, [3, 7])
  t.is(await check.isSigned(), null)
  const quarantine = path.join(holder.dir, 'quarantine')
  await check.giveUp(quarantine)
  t.is(held.length, 3, 'what is damaged is not claimed')
  const [name] = await fs.promises.readdir(quarantine)
  const aside = await fs.promises.readFile(path.join(quarantine, String(name)))
  t.alike(b4a.from(aside as any), b4a.from(damaged), 'and put aside as it was')

  const replica = await replicaAt(other, part.key)
  await connect(t, other, holder)
  await eventually(() => alarmsOf(other, holder).length === 1)
  const repair = new Repair(held, check.lost)
  await repair.start()
  await eventually(() => repair.isDone())
  repair.stop()
  t.ok(sameBytes(await blocksOf(held), truth), 'whole again')
  await eventually(() => replica.receipts.of(holder.keys.device)?.length === part.end)
  const again = await checked(holder, held)
  t.alike([again.lost, await again.isSigned()], [[], true])
})

test('while a block is lost, its holder counts for what comes before it', async (t) => {
  const { author, other, holder, part, held } = await filmed(t)
  await cutOff(author, other, holder)
  await flipBit(await held.wake(), 3)
  const check = await checked(holder, held)
  await check.giveUp(path.join(holder.dir, 'quarantine'))
  holder.isFull = true // so that it is not fetched
  await connect(t, author, holder)
  await eventually(() => alarmsOf(author, holder).length === 1)
  const counts = (): number => part.receipts.lengthOf(holder.keys.device)
  await eventually(() => counts() <= 3)
  t.ok(part.receipts.countOf(holder.keys.device) >= 1, 'what it signed for once stays said')
})

test('with no other holder everything else is kept', async (t) => {
  const { author, other, holder, held } = await filmed(t)
  const truth = await blocksOf(held)
  await cutOff(author, other, holder)
  await flipBit(await held.wake(), 5)
  const check = await checked(holder, held)
  await check.giveUp(path.join(holder.dir, 'quarantine'))
  const repair = new Repair(held, check.lost)
  await repair.start()
  t.absent(await repair.isDone())
  t.is(repair.left, 1)
  repair.stop()
  for (const [i, block] of truth.entries()) {
    if (i === 5) continue
    t.ok(b4a.equals((await (await held.wake()).get(i, { wait: false }))!, block), 'block ' + i)
  }
  const again = await checked(holder, held)
  t.alike([again.damaged, again.missing], [[], [5]], 'and the next check still misses it')
})

interface Filmed {
  author: Station
  other: Station
  holder: Station
  part: Replica
  held: Replica
}

/** A film that two holders have all of, and say so in their journals. */
async function filmed(t: Assert): Promise<Filmed> {
  const [author, other, holder] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, other)
  await connect(t, author, holder)
  const part = await wholeAt(t, author)
  for (const { keys } of [other, holder]) {
    await eventually(() => part.receipts.journaledOf(keys.device) === made(part))
  }
  return { author, other, holder, part, held: await replicaAt(holder, part.key) }
}

async function cutOff(...stations: Station[]): Promise<void> {
  for (const { links } of stations) for (const link of links) link.close()
  await eventually(() => stations.every(({ exchange }) => exchange.peers.length === 0))
}

async function checked({ keys }: Station, replica: Replica): Promise<HealthCheck> {
  const check = new HealthCheck({ replica, self: keys.device })
  while (await check.step(2));
  return check
}

function alarmsOf({ exchange }: Station, { keys }: Station) {
  return exchange.alarms.all.filter(
    ({ alarm, by }) => alarm === 'storage-damaged' && b4a.equals(by, keys.device)
  )
}
