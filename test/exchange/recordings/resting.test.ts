// Recordings that are over, and not whole here, while somebody linked has the rest of them.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Replica } from '../../../core/replica/replica.ts'
import { SetClock } from '../../helpers/devices/set-clock.ts'
import { connect, enrol, enrolled } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { eventually } from '../../helpers/eventually.ts'
import { liveAt, wholeAt } from '../../replica/filmed.ts'
import { reaches, replicaAt } from '../../replica/held.ts'

/** Longer than what is over is awake for nothing. */
const LONG_MS = 60_000

test('what a full disk lacks of a film that is over is fetched once there is room, however long it takes', async (t) => {
  const { author, holder, clock } = await stage(t)
  await connect(t, author, holder)
  const old = await replicaAt(holder, (await wholeAt(t, author, holder)).key)
  const { film, part, held } = await liveAt(t, author, holder)
  holder.isFull = true
  await film.stop('stopped')
  await eventually(() => held.over && held.bestLength === part.end)
  t.ok(held.length < part.end!)
  await onlyWholeRests(t, clock, { old, held })
  holder.isFull = false
  await reaches(held, part.end!)
  await eventually(() => held.sealed)
})

test('a film is not whole, and stays awake, where a linked member has signed for more than it announces', async (t) => {
  const { author, holder, clock } = await stage(t)
  const other = await enrol(t, author, 'keeper')
  const teller = await enrol(t, author, 'keeper')
  await connect(t, author, other)
  await connect(t, author, teller)
  const direct = await connect(t, author, holder)
  const old = await replicaAt(holder, (await wholeAt(t, author, holder, other)).key)
  const { film, part, held } = await liveAt(t, author, holder)
  await reaches(await replicaAt(teller, part.key), held.length)
  teller.isFull = true
  direct.cut()
  await connect(t, teller, holder)
  const line = await connect(t, other, holder)
  await eventually(() => held.core!.peers.some((peer) => peer.remoteLength === held.length))
  line.pause()
  await film.stop('stopped')
  const signed = (): number => held.receipts.lengthOf(other.keys.device)
  await eventually(() => held.over && signed() === part.end)
  t.ok(held.bestLength < part.end!)
  await onlyWholeRests(t, clock, { old, held })
  line.resume()
  await reaches(held, part.end!)
})

test('a film is not whole, and stays awake, where its author is linked and has said that it is longer', async (t) => {
  const { author, holder, clock } = await stage(t)
  const teller = await enrol(t, author, 'keeper')
  await connect(t, author, teller)
  const line = await connect(t, author, holder)
  await connect(t, teller, holder)
  const old = await replicaAt(holder, (await wholeAt(t, author, holder, teller)).key)
  const { film, part, held } = await liveAt(t, author, holder)
  await reaches(await replicaAt(teller, part.key), held.length)
  await eventually(() => [old, held].every(isAtAllPeers))
  teller.isFull = true
  line.pause()
  await film.stop('stopped')
  await eventually(() => held.end === part.end)
  t.ok(held.bestLength < part.end!)
  await onlyWholeRests(t, clock, { old, held })
  line.resume()
  await reaches(held, part.end!)
})

/** Everybody linked has said that it has as much of it. */
function isAtAllPeers({ core, length }: Replica): boolean {
  return core!.peers.every(({ remoteContiguousLength }) => remoteContiguousLength === length)
}

/** Long after both films, the one that is whole rests, and the one that is not stays awake. */
async function onlyWholeRests(
  t: Assert,
  clock: SetClock,
  { old, held }: { old: Replica; held: Replica }
): Promise<void> {
  clock.set(LONG_MS)
  await eventually(() => old.core === null)
  t.ok(held.core, 'what is whole rests, what is not stays awake')
}

/** A member whose clock is in the test's hand, and who lets it in. */
async function stage(t: Assert): Promise<{ author: Station; holder: Station; clock: SetClock }> {
  const [author] = await enrolled(t)
  const clock = new SetClock(1)
  const holder = await enrol(t, author, 'keeper', { clock })
  return { author, holder, clock }
}
