// Whoever was told of entries that never came reads what the others have all the same.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type Hypercore from 'hypercore'
import type { JournalReader } from '../../../core/circle/journal/journal-reader.ts'
import { eventually } from '../../helpers/eventually.ts'
import { connect, enrolled, Station } from '../../helpers/devices/station.ts'
import { agree, linesBy, says } from './spreading.ts'

const LONG = { timeout: 60_000 }
/** The first entry of a journal is fetched, and with it the tree of all; for another one there is no room. */
const TOO_LITTLE_BYTES = 40_000

test(
  'who was told of entries that never came reads what others have of the journal',
  LONG,
  async (t) => {
    const { author, witness, late } = await cutShort(t)
    await connect(t, witness, late)
    await eventually(() => linesBy(late, author) === linesBy(witness, author))
    t.is(heldOf(late, author), 1, 'though its journal there cannot take them')
    await says(witness)
    await agree([witness, late])
    const again = await late.reopen(t)
    await connect(t, witness, again)
    await eventually(() => linesBy(again, author) === linesBy(witness, author))
    t.pass('and again after a restart')
  }
)

test('what was shown is read once, and the rest where its author is back', LONG, async (t) => {
  const { author, witness, late } = await cutShort(t)
  await connect(t, witness, late)
  await eventually(() => linesBy(late, author) === linesBy(witness, author))
  const back = await author.reopen(t)
  await connect(t, back, late)
  await eventually(() => linesBy(late, author) === linesBy(back, author))
  await eventually(() => heldOf(late, author) === linesBy(back, author))
  t.is(linesBy(late, author), linesBy(back, author), 'each once')
  await says(back)
  await agree([back, late])
})

/** The witness has three entries of a journal; `late` has the first, and a tree of five. */
async function cutShort(t: Assert): Promise<Record<'author' | 'witness' | 'late', Station>> {
  const [founder, author, witness, late] = await enrolled(t, 'contact', 'contact', 'contact')
  await founder.close()
  const wire = await connect(t, author, witness)
  await says(author, 3)
  await agree([author, witness])
  wire.cut()
  await says(author, 2)
  const { dir, keys, state, clock } = late
  await late.close()
  const full = await Station.open(t, {
    dir,
    keys,
    state,
    clock,
    limitBytes: () => TOO_LITTLE_BYTES
  })
  const short = await connect(t, author, full)
  await eventually(() => signedOf(full, author) === 5)
  short.cut()
  await author.close()
  await full.close()
  return { author, witness, late: await Station.open(t, { dir, keys, state, clock }) }
}

/** Entries of the author's journal that lie in it here. */
function heldOf(station: Station, author: Station): number {
  return coreOf(station, author)?.contiguousLength ?? 0
}

/** Entries that its author has signed for, as far as is known here. */
function signedOf(station: Station, author: Station): number {
  return coreOf(station, author)?.length ?? 0
}

function coreOf({ circle }: Station, author: Station): Hypercore | undefined {
  const isAuthors = ({ head }: JournalReader): boolean =>
    b4a.equals(head.device, author.keys.device)
  return circle.readers.all.find(isAuthors)?.core
}
