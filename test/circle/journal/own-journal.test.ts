import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import { coreKey } from '../../../core/encoding/core-key.ts'
import type { CircleState } from '../../../core/encoding/memory/device-state.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { crashCopy, filesIn } from '../../helpers/crashes/crash.ts'
import { eventually } from '../../helpers/eventually.ts'
import { Station, connect, enrolled, found } from '../../helpers/devices/station.ts'
import { newKeys, note, notesOf } from '../members.ts'

test('after a clean close a device goes on in the same journal', async (t) => {
  const station = await found(t)
  await station.circle.say(note('before'))
  const again = await station.reopen(t)
  t.ok(again.store.wasClean)
  await again.circle.say(note('after'))
  t.alike(journalsOf(again).length, 1)
  t.alike(notesOf(again), ['before', 'after'])
  t.alike(
    again.circle.lines.map(({ index }) => index),
    [0, 1, 2]
  )
})

test('after an unclean stop a device goes on in a new journal that names the one before', async (t) => {
  const station = await found(t)
  await station.circle.say(note('before'))
  const again = await afterCrash(t, station)
  t.absent(again.store.wasClean)
  await again.circle.say(note('after'))
  const [first, second, ...more] = journalsOf(again)
  t.alike(more, [])
  t.alike(second!.previous, coreKey(first!.signer))
  t.alike(notesOf(again), ['before', 'after'])
  const old = await again.store.core(first!.signer)
  t.is(old.length, 2, 'nothing is ever appended to the old one')
  await old.close()
})

test('each unclean stop begins one more journal, and a quiet start none', async (t) => {
  const first = await found(t)
  const second = await afterCrash(t, first)
  const third = await afterCrash(t, second)
  t.is(journalsOf(third).length, 1, 'nothing was said since')
  await third.circle.say(note('again'))
  const fourth = await afterCrash(t, third)
  await fourth.circle.say(note('and again'))
  t.is(journalsOf(fourth).length, 3)
  t.alike(notesOf(fourth), ['again', 'and again'])
})

test('a journal that an unclean stop ended stays ended, also after a clean and quiet run', async (t) => {
  const first = await found(t)
  const second = await afterCrash(t, first)
  const third = await second.reopen(t)
  t.ok(third.store.wasClean)
  await third.circle.say(note('again'))
  const [old, fresh] = journalsOf(third)
  t.alike(fresh!.previous, coreKey(old!.signer))
})

test('an index that others have seen is never written twice, whatever the crash took back', async (t) => {
  const [author, other] = (await enrolled(t, 'contact')) as [Station, Station]
  await author.circle.say(note('one'))
  const early = await crashCopy(t, author.dir)
  const state = clone(author.state)
  await connect(t, author, other)
  await author.circle.say(note('two, seen by others'))
  await eventually(() => notesOf(other).length === 2)
  await author.close()
  const again = await Station.open(t, { dir: early, keys: author.keys, state })
  await again.circle.say(note('three'))
  await connect(t, again, other)
  await eventually(() => notesOf(other).length === 3 && notesOf(again).length === 3)
  t.alike(notesOf(other).sort(), ['one', 'three', 'two, seen by others'])
  t.alike([...other.attempts, ...again.attempts], [], 'nobody is accused')
})

test('what a journal says is readable with the secret of the circle, and by nobody else', async (t) => {
  const [author, member] = (await enrolled(t, 'contact')) as [Station, Station]
  await author.circle.say(note('meet at the fountain'))
  await connect(t, author, member)
  await eventually(() => notesOf(member).length === 1)
  const outsider = await Station.open(t, {
    dir: await crashCopy(t, author.dir),
    keys: author.keys,
    state: { ...clone(author.state), secret: { whole: true, bytes: randomBytes(32) } }
  })
  t.alike(outsider.circle.lines, [])
  for await (const { file, bytes } of filesIn(author.dir)) {
    for (const text of ['fountain', 'founder']) {
      if (b4a.indexOf(bytes as any, b4a.from(text)) !== -1) t.fail(`${text} in ${file}`)
    }
  }
})

test('a line that resolves is on the disk itself', async (t) => {
  const station = await found(t)
  const order: string[] = []
  const { store } = station
  const flush = store.durable.bind(store)
  store.durable = async () => {
    await flush()
    order.push('on disk')
  }
  await station.circle.say(note('said'))
  order.push('said')
  t.alike(order, ['on disk', 'said'])
})

test('a device that has said nothing has no journal', async (t) => {
  const station = await Station.open(t, { keys: newKeys() })
  t.is(station.state.journal, null)
  t.alike(station.circle.heads, [])
})

function journalsOf({ circle, keys }: Station) {
  return circle.heads.filter(({ device }) => b4a.equals(device, keys.device))
}

/** The device as it is after the power went: on a copy made while it ran. */
async function afterCrash(t: Assert, station: Station): Promise<Station> {
  const dir = await crashCopy(t, station.dir)
  return Station.open(t, { dir, keys: station.keys, state: clone(station.state) })
}

function clone(state: CircleState): CircleState {
  return { ...state, heads: [...state.heads], peers: [...state.peers] }
}
