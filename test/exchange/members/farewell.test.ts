// A device that is cut off is told so: the one line that did it, and nothing else; by whoever it is linked with,
// and by no line that was not signed, or does not say that.

import b4a from 'b4a'
import test from 'brittle'
import { proveLine } from '../../../core/circle/journal/line-proof.ts'
import type { ProvenLine } from '../../../core/encoding/journal/proven-line.ts'
import type { JournalEntry } from '../../../core/encoding/journal/journal-entry.ts'
import { hex } from '../../../core/encoding/hex.ts'
import { agree, connect, enrolled, revoke } from '../../helpers/devices/station.ts'
import type { Station } from '../../helpers/devices/station.ts'
import { eventually } from '../../helpers/eventually.ts'

test('a device that is cut off is told by whom, when and why, and gets nothing else', async (t) => {
  const [author, thief] = await enrolled(t, 'contact')
  await connect(t, author, thief)
  const before = lengths(thief)
  await revoke(author, thief)
  await eventually(() => isOut(thief))
  const { revoked } = thief.circle.roster.find(thief.keys.device)!
  const said = await lineOf(author, 'member-revoked')
  t.alike(revoked!.by, author.keys.device)
  t.is(revoked!.atMs, (said.entry.body as { atMs: number }).atMs)
  t.is(revoked!.reason, 'seized')
  t.alike(lengths(thief), before, 'no journal brought it')
})

test('it knows that after a restart as well', async (t) => {
  const [author, thief] = await enrolled(t, 'contact')
  await connect(t, author, thief)
  await revoke(author, thief)
  await eventually(() => isOut(thief))
  const again = await thief.reopen(t)
  t.ok(isOut(again))
  t.alike(again.circle.roster.find(thief.keys.device)!.revoked!.by, author.keys.device)
})

test('whoever hears of it tells it, where it is not linked with whoever cut it off', async (t) => {
  const [author, other, thief] = await enrolled(t, 'contact', 'contact')
  await connect(t, other, thief)
  await connect(t, author, other)
  await revoke(author, thief)
  await eventually(() => isOut(thief))
  t.alike(thief.circle.roster.find(thief.keys.device)!.revoked!.by, author.keys.device)
})

test('where it takes a second to cut it off, it is told with that one', async (t) => {
  const [author, other, thief] = await enrolled(t, 'contact', 'contact')
  await connect(t, author, thief)
  await connect(t, author, other)
  await revoke(other, thief)
  await eventually(() => thief.circle.lines.some(({ entry }) => entry.kind === 'member-revoked'))
  t.absent(isOut(thief), 'one contact alone cuts nobody off')
  await agree(other, author, thief)
  await eventually(() => isOut(thief))
  t.alike(thief.circle.roster.find(thief.keys.device)!.revoked!.by, other.keys.device)
})

test('it is told nothing by who has the line and changes anything in it', async (t) => {
  const [author, thief] = await enrolled(t, 'contact')
  await revoke(author, thief)
  const line = await proven(author, 'member-revoked')
  for (const [what, forged] of Object.entries(forgeries(line))) {
    thief.circle.learnOut(forged)
    t.absent(isOut(thief), what)
  }
  thief.circle.learnOut(line)
  t.ok(isOut(thief), 'as it was signed')
})

test('nor by a line that is true and says something else', async (t) => {
  const [author, other, thief] = await enrolled(t, 'contact', 'contact')
  await revoke(other, thief) // which waits for a second
  await thief.circle.meet(other.state.heads, [], author.keys.device)
  thief.circle.learnOut(await proven(other, 'member-revoked'))
  t.absent(isOut(thief), 'what one contact says alone')
  await revoke(author, other)
  for (const kind of ['member-revoked', 'rekeyed', 'member-added'] as const) {
    const { lines } = thief.circle
    const [count, members] = [lines.length, thief.circle.roster.members.length]
    thief.circle.learnOut(await proven(author, kind))
    t.absent(isOut(thief), kind)
    t.alike([lines.length, thief.circle.roster.members.length], [count, members])
    t.ok(thief.circle.roster.active(other.keys.device), 'nothing is learnt of others')
  }
})

function isOut({ circle, keys }: Station): boolean {
  return circle.roster.find(keys.device)?.state === 'cut-off'
}

function lengths({ circle }: Station): number[] {
  return circle.journals.flatMap(({ length, contiguousLength }) => [length, contiguousLength])
}

async function lineOf({ circle }: Station, kind: JournalEntry['kind']) {
  return (await eventually(() => circle.lines.findLast(({ entry }) => entry.kind === kind)))!
}

async function proven(station: Station, kind: JournalEntry['kind']): Promise<ProvenLine> {
  const { journal, index } = await lineOf(station, kind)
  return (await proveLine(station.circle.readers.get(hex(journal))!, index))!
}

/** Each with one thing changed. */
function forgeries(line: ProvenLine): Record<string, ProvenLine> {
  const { index, length, nodes } = line
  const [first, ...rest] = nodes
  return {
    journal: { ...line, journal: b4a.alloc(32, 7) },
    'another place': { ...line, index: index - 1 },
    'a place beyond': { ...line, index: length },
    'a longer tree': { ...line, length: length + 1 },
    'a shorter tree': { ...line, length: length - 1 },
    signature: { ...line, signature: flipped(line.signature) },
    block: { ...line, block: flipped(line.block) },
    'a node': { ...line, nodes: [{ ...first!, hash: flipped(first!.hash) }, ...rest] },
    'a size': { ...line, nodes: [{ ...first!, size: first!.size + 1 }, ...rest] },
    'a node less': { ...line, nodes: rest },
    'a node more': { ...line, nodes: [...nodes, first!] }
  }
}

function flipped(bytes: Uint8Array): Uint8Array {
  const copy = b4a.from(bytes)
  copy[copy.byteLength - 1]! ^= 1
  return copy
}
