// How what is said in a journal comes to every member, whatever links there are and whoever is gone.

import test from 'brittle'
import type { JournalHead } from '../../../core/encoding/journal/journal-head.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrol, enrolled, enrolledWith, fastClock } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { boast } from '../../replica/hostile/boast.ts'
import { byHand } from '../../replica/hostile/by-hand.ts'
import { coreKey } from '../../../core/encoding/core-key.ts'
import { agree, journalChannels, linesBy, mesh, says } from './spreading.ts'

const LONG = { timeout: 300_000 }

test('what is said at one end of a line of members comes to the other end', async (t) => {
  const line = await enrolled(t, 'contact', 'contact', 'contact', 'contact')
  for (const [i, station] of line.slice(1).entries()) await connect(t, line[i]!, station)
  await says(line[0]!)
  await says(line.at(-1)!)
  await agree(line)
  await says(line.at(-1)!, 3)
  await agree(line)
  t.is(linesBy(line[0]!, line.at(-1)!), 4)
})

test(
  'what was said on both sides of a broken circle comes to all over one bridge',
  LONG,
  async (t) => {
    const all = await enrolled(t, ...Array<'contact'>(7).fill('contact'))
    const [left, right] = [all.slice(0, 4), all.slice(4)]
    await mesh(t, left)
    await mesh(t, right)
    for (const station of all) await says(station)
    await agree(left)
    await agree(right)
    t.not(linesBy(left[0]!, right[0]!), 1)
    await connect(t, left[1]!, right[1]!)
    await agree(all)
    await says(right[2]!)
    await agree(all)
    t.is(linesBy(left[0]!, right[2]!), 2)
  }
)

test('what somebody said who is gone comes from whoever has it', async (t) => {
  const [author, witness, late, other] = await enrolled(t, 'contact', 'contact', 'contact')
  const wire = await connect(t, author, witness)
  await says(author, 3)
  await eventually(() => linesBy(witness, author) === linesBy(author, author))
  wire.cut()
  await author.close()
  await connect(t, witness, late)
  await connect(t, late, other)
  await agree([witness, late, other])
  t.is(linesBy(other, author), linesBy(witness, author))
})

test(
  'a member that was away through two hundred entries has them all when it is back',
  LONG,
  async (t) => {
    const [author, ...others] = await enrolled(t, 'contact', 'contact', 'contact')
    await mesh(t, [author, ...others.slice(1)])
    await says(author, 100)
    await says(others[1]!, 100)
    await agree([author, ...others.slice(1)])
    await connect(t, others[0]!, others[2]!)
    await agree([author, ...others])
    t.is(linesBy(others[0]!, others[1]!), 100)
  }
)

test(
  'a member that claims more than it gives keeps nobody from what others have',
  LONG,
  async (t) => {
    const [author, witness, liar, victim] = await enrolled(t, 'contact', 'contact', 'contact')
    const wire = await connect(t, author, witness)
    await says(author, 5)
    await agree([author, witness])
    wire.cut()
    const head = headOf(author)
    await victim.circle.meet([head], [], author.keys.device)
    const { link, channel } = await byHand(t, liar, victim)
    await boast(t, { announced: { signer: head.signer } } as never, link.a.mux)
    channel.tellJournals([{ journal: coreKey(head.signer), length: 1000, treeHash: null }])
    await eventually(() => journalChannels(victim) === 1)
    await connect(t, victim, witness)
    await agree([victim, witness])
    t.is(linesBy(victim, author), linesBy(author, author))
    t.absent(link.b.closed, 'it is asked later, and loses nothing but its turn')
  }
)

test('an author that does not tell one member keeps that one from nothing', async (t) => {
  const [author, witness, victim] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, witness)
  await connect(t, witness, victim)
  await byHand(t, author, victim) // it never says what it has, nor gives it
  await says(author, 2)
  await agree([author, witness, victim])
  t.is(linesBy(victim, author), linesBy(author, author))
})

test('a journal whose head comes after somebody told of it is fetched as well', async (t) => {
  const [author, witness, victim] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, witness)
  const { channel } = await byHand(t, witness, victim)
  await says(witness)
  await agree([author, witness])
  const head = headOf(witness)
  channel.tellJournals([{ journal: coreKey(head.signer), length: 1, treeHash: null }])
  await connect(t, author, victim)
  await agree([author, witness, victim])
  t.is(linesBy(victim, witness), 1)
})

test(
  'journals that are in step are closed after a while, and open again when there is more',
  LONG,
  async (t) => {
    const clock = fastClock(20)
    const all = await enrolledWith(t, { clock }, 'contact', 'contact')
    let opened = 0
    for (const journal of all[0].circle.journals) journal.on('peer-add', () => opened++)
    await mesh(t, all)
    for (const station of all) await says(station)
    await agree(all)
    t.ok(opened > 0)
    await eventually(() => all.every((station) => journalChannels(station) === 0))
    for (const station of all) await says(station)
    await agree(all)
    t.is(linesBy(all[1], all[2]), 2)
  }
)

test(
  'what one says in mid-air, while its channel is being closed, comes all the same',
  LONG,
  async (t) => {
    const clock = fastClock(60)
    const all = await enrolledWith(t, { clock }, 'contact', 'contact')
    await mesh(t, all)
    for (let i = 0; i < 12; i++) {
      await says(all[i % 3]!)
      await new Promise<void>((resolve) => setTimeout(resolve, 430 + 20 * i))
    }
    await agree(all)
    t.is(linesBy(all[0], all[1]), 4)
  }
)

test('a newcomer has everything from who let it in', async (t) => {
  const all = await enrolled(t, 'contact', 'contact')
  await mesh(t, all)
  for (const station of all) await says(station, 5)
  await agree(all)
  const newcomer = await enrol(t, all[0])
  await connect(t, all[0], newcomer)
  await agree([...all, newcomer])
  t.is(linesBy(newcomer, all[1]), 5)
})

/** What `station` has read of all that `by` has said. */
function headOf({ state }: Station): JournalHead {
  return state.journal!.head
}
