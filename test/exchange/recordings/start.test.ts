import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { hex } from '../../../core/encoding/hex.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import type { Replica } from '../../../core/replica/replica.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, fastClock, Station } from '../../helpers/devices/station.ts'
import type { StationOptions } from '../../helpers/devices/station.ts'
import { stock } from '../../helpers/devices/stocked.ts'
import type { StockedDevice } from '../../helpers/devices/stocked.ts'
import { reaches, replicaAt } from '../../replica/held.ts'

const MANY = 300
const all = (): boolean => true

test('a device that starts opens nothing of what it has whole, and says what it has', async (t) => {
  const { keeper, opened, recordings, others } = await started(t)
  t.is(opened.size, keeper.circle.heads.length, 'its journals, and nothing else')
  t.is(keeper.exchange.replicas.length, MANY)
  t.ok(keeper.exchange.replicas.every(isAtRestAndWhole))
  const { key, length } = recordings[7]!
  const replica = keeper.exchange.replica(key)!
  t.is(replica.length, length)
  t.is(replica.endReason, 'stopped')
  t.is(replica.seconds, null, 'nobody has looked')
  for (const other of others) t.is(replica.receipts.of(other.device)?.length, length)
  await replica.look()
  t.is(replica.seconds, 1)
  t.ok(isAtRestAndWhole(replica))
  replica.unlook()
  t.is(replica.seconds, null)
  await replica.look()
  t.is(replica.seconds, 1, 'and again')
  t.is(opened.size, keeper.circle.heads.length, 'nor is it opened to be looked at')
})

test('receipts that were asked for are let go of, and are there again for who asks again', async (t) => {
  const { keeper, recordings, others } = await started(t)
  const replica = keeper.exchange.replica(recordings[7]!.key)!
  const book = replica.receipts
  const lengths = (): (number | undefined)[] =>
    others.map(({ device }) => replica.receipts.of(device)?.length)
  t.alike(lengths(), [replica.length, replica.length])
  t.is(replica.signedBy(keeper.keys.device), replica.length)
  await eventually(() => replica.receipts !== book)
  t.alike(lengths(), [replica.length, replica.length])
  t.is(replica.receipts.journaledOf(keeper.keys.device), replica.length)
})

test('who asks for one is served, and nothing else is opened for it', async (t) => {
  const last = MANY - 1
  const { keeper, opened, recordings, open } = await started(t, { other: (i) => i !== last })
  const other = await open('other')
  await connect(t, keeper, other)
  const { key, length } = recordings[last]!
  await reaches(await replicaAt(other, key), length)
  await eventually(() => keeper.exchange.replica(key)!.receipts.of(other.keys.device) !== null)
  t.is(opened.size, keeper.circle.heads.length + 1)
})

test('what it has and has not signed for is opened, and signed for', async (t) => {
  const { keeper, opened, recordings } = await started(t, { signs: (i) => i !== 3 })
  const replica = keeper.exchange.replica(recordings[3]!.key)!
  await eventually(() => replica.receipts.journaledOf(keeper.keys.device) === replica.length)
  t.is(opened.size, keeper.circle.heads.length + 1)
})

test('what it has signed for and has no more is not said to be here, and is told as lost', async (t) => {
  const { keeper, recordings } = await started(t, { holds: (i) => i !== 3, signs: all })
  const replica = keeper.exchange.replica(recordings[3]!.key)!
  t.is(replica.length, 0)
  t.absent(replica.sealed)
  const { alarms } = keeper.exchange
  await eventually(() => alarms.all.some(({ alarm }) => alarm === 'storage-damaged'))
  await eventually(() => replica.receipts.of(keeper.keys.device) === null)
  t.is(keeper.exchange.replicas.filter(isAtRestAndWhole).length, MANY - 1)
})

test('what its author never attested is not known for long where its blocks are here, and never where not', async (t) => {
  const { keeper, recordings } = await started(t, {
    holds: (i) => i !== 3,
    forged: (i) => i === 3 || i === 5
  })
  t.is(keeper.exchange.replica(recordings[3]!.key), null)
  await eventually(() => keeper.exchange.replica(recordings[5]!.key) === null)
  t.is(keeper.exchange.replicas.length, MANY - 2)
})

interface Holdings {
  /** Of the keeper that is started. */
  holds?: StockedDevice['holds']
  signs?: StockedDevice['holds']
  forged?: StockedDevice['holds']
  /** Of another member. */
  other?: StockedDevice['holds']
}

/** A keeper that has been in use for long, just started: and what it has opened. */
async function started(t: Assert, holdings: Holdings = {}) {
  const { holds = all, signs = holds, other = all, forged = () => false } = holdings
  const seeds = Array.from({ length: 4 }, () => randomBytes(32))
  const dirs = { keeper: await t.tmp(), other: await t.tmp() }
  const { states, recordings } = await stock({
    devices: [
      { dir: null, seed: seeds[0]!, role: 'organiser', holds: all },
      { dir: dirs.keeper, seed: seeds[1]!, role: 'keeper', holds, signs },
      { dir: dirs.other, seed: seeds[2]!, role: 'contact', holds: other },
      { dir: null, seed: seeds[3]!, role: 'relay', holds: all }
    ],
    recordings: MANY,
    forged
  })
  const open = (name: keyof typeof dirs, more: StationOptions = {}): Promise<Station> => {
    const at = name === 'keeper' ? 1 : 2
    const keys = new DeviceKeys(b4a.from(seeds[at]!))
    return Station.open(t, { dir: dirs[name], keys, state: states[at]!, ...more })
  }
  const opened = new Set<string>()
  const count = ({ store }: Station): void => {
    const core = store.core.bind(store)
    store.core = (signer) => {
      opened.add(hex(signer))
      return core(signer)
    }
  }
  const keeper = await open('keeper', { clock: fastClock(20), prepare: count })
  const others = [2, 3].map((at) => new DeviceKeys(b4a.from(seeds[at]!)))
  return { keeper, opened, recordings, others, open }
}

function isAtRestAndWhole({ core, sealed }: Replica): boolean {
  return core === null && sealed
}
