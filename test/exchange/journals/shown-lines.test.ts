// Whoever was told of entries that never came reads what the others have all the same.

import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type { JournalReader } from '../../../core/circle/journal/journal-reader.ts'
import { proveLine } from '../../../core/circle/journal/line-proof.ts'
import type { ProvenLine } from '../../../core/encoding/journal/proven-line.ts'
import type { ControlChannel } from '../../../core/replica/control-channel.ts'
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

test('a line is taken from who was asked for it, and as its author signed it', LONG, async (t) => {
  const { author, witness, late } = await cutShort(t)
  const journal = readerOf(witness, author)!
  const [second, third] = [(await proveLine(journal, 1))!, (await proveLine(journal, 2))!]
  await connect(t, witness, late)
  const channel = witness.exchange.peerOf(late.keys.device)!.channel!
  for (const line of [second, third]) channel.showLine(line)
  await hears(late, witness)
  t.is(linesBy(late, author), 1, 'nobody had asked for those')

  const otherBlock = b4a.concat([second.block, b4a.alloc(1)])
  await answersOnce(channel, [
    { ...second, block: otherBlock },
    { ...second, index: 2 },
    { ...second, journal: readerOf(witness, witness)!.core.key },
    { ...second, signature: b4a.alloc(64, 1) },
    { ...second, nodes: second.nodes.slice(1) },
    third
  ])
  await hears(late, witness)
  t.is(linesBy(late, author), 1, 'nothing of that is its second entry')

  await eventually(() => linesBy(late, author) === linesBy(witness, author))
  t.pass('which is taken from the same member once it shows it')
})

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
  await eventually(() => signedOf(full, author) === 5 && heldOf(full, author) === 1)
  short.cut()
  await author.close()
  await full.close()
  return { author, witness, late: await Station.open(t, { dir, keys, state, clock }) }
}

/** The next time that somebody asks it for lines it shows these instead; resolves once it has. */
function answersOnce(channel: ControlChannel, lines: ProvenLine[]): Promise<void> {
  const { showLine } = channel
  return new Promise((resolve) => {
    channel.showLine = () => {
      channel.showLine = showLine
      for (const line of lines) channel.showLine(line)
      resolve()
    }
  })
}

/** What `by` says now has come, and with it whatever it sent before. */
async function hears(station: Station, by: Station): Promise<void> {
  await says(by)
  await eventually(() => linesBy(station, by) === linesBy(by, by))
}

/** Entries of the author's journal that lie in it here. */
function heldOf(station: Station, author: Station): number {
  return readerOf(station, author)?.core.contiguousLength ?? 0
}

/** Entries that its author has signed for, as far as is known here. */
function signedOf(station: Station, author: Station): number {
  return readerOf(station, author)?.core.length ?? 0
}

function readerOf({ circle }: Station, author: Station): JournalReader | undefined {
  return circle.readers.all.find(({ head }) => b4a.equals(head.device, author.keys.device))
}
