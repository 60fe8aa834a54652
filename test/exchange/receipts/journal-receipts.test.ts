import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { coreKey } from '../../../core/encoding/core-key.ts'
import type { Receipt } from '../../../core/encoding/recording/receipt.ts'
import { evidenceSource } from '../../../core/replica/evidence-source.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { DESCRIPTION, fragment, INIT, shoot, shootOn } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { SkippingClock } from '../../helpers/devices/skipping-clock.ts'
import { connect, enrolled, enrolledWith, fastClock } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { made, replicaAt } from '../../replica/held.ts'
import { wholeAt } from '../../replica/filmed.ts'

const MINUTES = 10
const ENTRIES_A_MINUTE = 3
const BYTES_A_MINUTE = 3277

test(
  'a film of ten minutes costs its holder few and small entries',
  { timeout: 300_000 },
  async (t) => {
    const clock = new SkippingClock()
    const [author, holder] = await enrolledWith(t, { clock }, 'contact')
    await connect(t, author, holder)
    const counted = countReceipts(author)
    const film = author.film(t)
    const startMs = clock.now()
    await film.begin(DESCRIPTION, INIT)
    for (let i = 0; i < MINUTES * 60; i++) {
      const { receipts } = counted
      const second = { ...fragment(4 * i, 200), ptsUs: i * 1_000_000, durationUs: 1_000_000 }
      await film.fragment(second)
      await eventually(() => counted.receipts > receipts)
      clock.skip(1000)
    }
    await film.stop('stopped')
    t.ok(film.parts.length > 1, 'it rotates')
    for (const part of film.parts) {
      await eventually(() => journaled(author, holder, part).at(-1)?.length === part.end)
    }
    const entries = author.circle.lines.filter((line) => isReceiptOf(holder, line))
    const bytes = bytesOf(author, holder)
    const minutes = (clock.now() - startMs) / 60_000
    t.ok(entries.length <= minutes * ENTRIES_A_MINUTE, `${entries.length} entries`)
    t.ok(bytes <= minutes * BYTES_A_MINUTE, `${bytes} bytes in ${minutes} minutes`)
    t.ok(counted.receipts > 4 * entries.length, `for ${counted.receipts} receipts over the link`)
  }
)

test('a holder that starts again signs nothing it has signed for, and the first date stays', async (t) => {
  const { author, holder, part } = await filmed(t)
  const before = part.receipts.of(holder.keys.device)!
  const entries = holder.circle.lines.length
  const signed = holder.circle.lines.filter((line) => isReceiptOf(holder, line)).length
  const again = await holder.reopen(t)
  await connect(t, author, again)
  const held = await replicaAt(again, part.key)
  t.alike(held.receipts.of(again.keys.device), before)
  await author.circle.say({ kind: 'receipts', body: [] })
  await eventually(() => again.circle.lines.length > entries)
  t.is(again.circle.lines.filter((line) => isReceiptOf(again, line)).length, signed)
  t.alike(part.receipts.of(holder.keys.device), before)
})

test('a holder that starts again goes on with the date of its first block', async (t) => {
  const [author, holder] = await enrolled(t, 'contact')
  await connect(t, author, holder)
  const film = author.film(t)
  await shoot(film, 4)
  const part = film.parts[0]!
  await eventually(() => part.receipts.of(holder.keys.device)?.length === made(part))
  const first = part.receipts.of(holder.keys.device)!
  const again = await holder.reopen(t)
  await connect(t, author, again)
  await shootOn(film, 4, 8)
  await eventually(() => part.receipts.of(holder.keys.device)?.length === made(part))
  const second = part.receipts.of(holder.keys.device)!
  t.is(second.heldSinceMs, first.heldSinceMs)
  t.ok(second.atMs > first.atMs)
})

test('what an author’s link takes with it is in the journal at once', async (t) => {
  const clock = fastClock(1 / 20) // so that now and then is not yet, however slow the machine is
  const [author, holder, other] = await enrolledWith(t, { clock }, 'contact', 'contact')
  const wire = await connect(t, author, holder)
  await connect(t, holder, other)
  const film = author.film(t)
  await shoot(film, 4)
  const part = film.parts[0]!
  await eventually(() => part.receipts.of(holder.keys.device)?.length === made(part))
  t.alike(
    journaled(other, holder, part),
    [],
    'not before: a film that runs is written now and then'
  )
  wire.cut()
  await eventually(() => journaled(other, holder, part).length === 1)
  t.is(journaled(other, holder, part)[0]!.length, made(part))
})

test('receipts outlive the author, and go into the package of any holder', async (t) => {
  const [author, first, second] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, first)
  await connect(t, author, second)
  await connect(t, first, second)
  const part = await wholeAt(t, author)
  const held = await replicaAt(second, part.key)
  for (const { keys } of [first, second]) {
    await eventually(() => held.receipts.journaledOf(keys.device) === part.end)
  }
  await author.close()
  const again = await second.reopen(t)
  const { receipts } = await evidenceSource(await replicaAt(again, part.key))
  for (const { keys } of [first, second]) {
    const own = receipts.filter(({ holder }) => b4a.equals(holder, keys.device))
    t.is(own.at(-1)?.length, part.end)
  }
  const replica = again.exchange.replica(part.key)!
  t.is(
    replica.receipts.countOf(first.keys.device) + replica.receipts.countOf(again.keys.device),
    receipts.length
  )
})

async function filmed(t: Assert) {
  const [author, holder] = await enrolled(t, 'contact')
  await connect(t, author, holder)
  const part = await wholeAt(t, author, holder)
  await eventually(() => journaled(author, holder, part).at(-1)?.length === part.end)
  return { author, holder, part }
}

function isReceiptOf({ keys }: Station, { device, entry }: Station['circle']['lines'][number]) {
  return entry.kind === 'receipts' && b4a.equals(device, keys.device)
}

/** What `reader` finds of `part` in the journals of `holder`. */
function journaled({ circle }: Station, { keys }: Station, part: Replica): Receipt[] {
  return circle.lines.flatMap(({ device, entry }) => {
    if (entry.kind !== 'receipts' || !b4a.equals(device, keys.device)) return []
    return entry.body.filter(({ recording }) => b4a.equals(recording, part.key))
  })
}

function countReceipts({ exchange }: Station): { receipts: number } {
  const count = { receipts: 0 }
  exchange.on('recording', (part) => part.on('held', () => count.receipts++))
  return count
}

/** Bytes of the holder's journals, as everybody stores them. */
function bytesOf({ circle }: Station, { keys }: Station): number {
  let bytes = 0
  for (const { device, signer } of circle.heads) {
    if (!b4a.equals(device, keys.device)) continue
    const core = circle.journals.find(({ key }) => b4a.equals(key, coreKey(signer)))
    bytes += core?.byteLength ?? 0
  }
  return bytes
}
