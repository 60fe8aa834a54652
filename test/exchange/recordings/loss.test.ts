import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { evidenceSource } from '../../../core/replica/evidence-source.ts'
import { fs, path } from '../../../core/runtime/fs.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolled } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { reaches, replicaAt } from '../../replica/held.ts'
import { wholeAt } from '../../replica/filmed.ts'

test('a holder that lost its store says so, and counts nowhere until it has signed anew', async (t) => {
  const [author, other, holder] = await enrolled(t, 'keeper', 'contact')
  await connect(t, author, other)
  await connect(t, author, holder)
  const part = await wholeAt(t, author, other, holder)
  const copy = await replicaAt(other, part.key)
  for (const replica of [part, copy]) {
    await eventually(() => replica.receipts.journaledOf(holder.keys.device) === part.end)
  }
  const first = part.receipts.of(holder.keys.device)!
  const again = await withoutStore(t, holder)
  again.isFull = true // so that nothing is fetched yet
  await connect(t, author, again)
  for (const replica of [part, copy]) {
    await eventually(() => replica.receipts.of(holder.keys.device) === null)
  }
  t.ok(alarmsOf(other, holder).includes('storage-damaged'), 'its journal says so')
  const { receipts } = await evidenceSource(copy)
  const stated = receipts.map(({ signature }) => b4a.toString(signature as any, 'hex'))
  t.ok(
    stated.includes(b4a.toString(first.signature as any, 'hex')),
    'what it said then, it said then'
  )

  again.isFull = false
  for (const replica of [part, copy]) {
    await eventually(() => replica.receipts.of(holder.keys.device)?.length === part.end)
  }
  const anew = part.receipts.of(holder.keys.device)!
  t.ok(anew.atMs > first.atMs)
  t.ok(anew.heldSinceMs > first.heldSinceMs, 'it has had its first block since then only')
})

test('a holder that lost its store does not count what it had signed for', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  await connect(t, author, holder)
  const part = await wholeAt(t, author, holder)
  await eventually(() => hasReceiptsOf(author, holder))
  const again = await withoutStore(t, holder)
  again.isFull = true // so that nothing is fetched
  await connect(t, author, again)
  const replica = await replicaAt(again, part.key)
  await eventually(() => hasReceiptsOf(again, again))
  t.is(replica.receipts.of(again.keys.device), null)
  again.isFull = false
  await eventually(() => replica.receipts.of(again.keys.device)?.length === part.end)
  t.pass('until it has it again')
})

test('a new member reads in the journals what a holder has lost, in whatever order they come', async (t) => {
  const [author, late, holder] = await enrolled(t, 'keeper', 'contact')
  await connect(t, author, holder)
  const part = await wholeAt(t, author, holder)
  await eventually(() => part.receipts.journaledOf(holder.keys.device) === part.end)
  const again = await withoutStore(t, holder)
  again.isFull = true
  await connect(t, author, again)
  await eventually(() => part.receipts.of(holder.keys.device) === null)
  await again.close()
  await connect(t, author, late)
  const copy = await replicaAt(late, part.key)
  await reaches(copy, part.end!)
  await eventually(() => copy.receipts.countOf(holder.keys.device) > 0)
  await eventually(() => alarmsOf(late, holder).length === 1)
  t.is(copy.receipts.of(holder.keys.device), null)
})

test('a device whose store is sound has lost nothing, however it ended', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  const again = await holder.reopen(t)
  await connect(t, author, again)
  await again.circle.say({ kind: 'receipts', body: [] })
  await eventually(() =>
    author.circle.lines.some(({ device }) => b4a.equals(device, again.keys.device))
  )
  t.alike(alarmsOf(author, again), [])
})

function hasReceiptsOf({ circle }: Station, { keys }: Station): boolean {
  return circle.lines.some(
    ({ device, entry }) => entry.kind === 'receipts' && b4a.equals(device, keys.device)
  )
}

function alarmsOf({ circle }: Station, { keys }: Station): string[] {
  return circle.lines.flatMap(({ device, entry }) =>
    entry.kind === 'alarm' && b4a.equals(device, keys.device) ? [entry.body.alarm] : []
  )
}

async function withoutStore(t: Assert, station: Station): Promise<Station> {
  await station.close()
  await fs.promises.rm(path.join(station.dir, 'store'), { recursive: true })
  return station.reopen(t)
}
