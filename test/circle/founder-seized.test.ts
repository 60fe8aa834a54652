import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type { HistoryEntry, JournalLine } from '../../core/circle/roster.ts'
import type { JournalEntry } from '../../core/encoding/journal/journal-entry.ts'
import { freshCircle } from '../../core/encoding/memory/device-state.ts'
import { Trust } from '../../core/exchange/members/trust.ts'
import type { DeviceKey } from '../../core/types/keys.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrol, enrolled, plug, Station } from '../helpers/devices/station.ts'
import { wire } from '../helpers/devices/wire.ts'
import { newKeys } from './members.ts'

/**
 * Whoever has a seed and the circle's secret, and begins as if nothing had ever been said.
 *
 * @param victim whom it is going to reach
 */
function thiefOf(t: Assert, { keys, state }: Station, victim: Station): Promise<Station> {
  const { id, name, secret } = state
  const introducer = victim.keys.device
  return Station.open(t, { keys, state: freshCircle({ id, name, secret, introducer }) })
}

/** Has `victim` read what the thief says, for as long as it takes it for a member. */
async function show(t: Assert, thief: Station, victim: Station): Promise<void> {
  const { journal, index } = thief.circle.lines.at(-1)!
  const joined = await wire(t, thief.keys.noise, victim.keys.noise)
  plug(thief, joined.a)
  plug(victim, joined.b)
  const isLast = (line: JournalLine): boolean =>
    line.index === index && b4a.equals(line.journal, journal)
  await eventually(() => victim.circle.lines.some(isLast))
  joined.cut()
}

function taken(thief: Station): JournalEntry {
  const { device } = thief.keys
  return { kind: 'member-revoked', body: { device, reason: 'gone', atMs: 1, seen: [] } }
}

function addition(role: 'organiser'): JournalEntry {
  const { signedBox } = newKeys()
  return { kind: 'member-added', body: { ...signedBox, role, name: 'pit', atMs: 1, seen: [] } }
}

function isMember({ circle }: Station, { keys }: { keys: Station['keys'] }): boolean {
  return circle.roster.active(keys.device) !== null
}

function saysOf({ circle }: Station, by: Station): HistoryEntry[] {
  return circle.roster.history.filter((said) => b4a.equals(said.by, by.keys.device))
}

function trustOf({ keys }: Station): Trust {
  return new Trust({ self: keys.device, now: () => Date.now() })
}

/** An organiser takes a device out, and another member says so as well: the organiser can go on. */
async function cutOff(by: Station, second: Station, device: DeviceKey): Promise<void> {
  const cut = await trustOf(by).revoke(by.exchange, device, 'seized')
  const isIt = ({ index, journal }: HistoryEntry): boolean =>
    index === cut.index && b4a.equals(journal, cut.journal)
  await eventually(() => saysOf(second, by).some(isIt))
  await trustOf(second).second(second.exchange, device)
  await eventually(() => !by.circle.roster.find(by.keys.device)!.onHold)
}

test('a founder’s seed that says all anew takes nobody out, and the others go on without it', async (t) => {
  const [ana, ben, cleo, dora] = await enrolled(t, 'organiser', 'contact', 'contact')
  const others = [ben, cleo, dora]
  await ana.close()
  const thief = await thiefOf(t, ana, cleo)
  await thief.circle.say(addition('organiser'))
  await thief.circle.say(taken(thief))
  await show(t, thief, cleo)
  await connect(t, cleo, ben)
  await connect(t, cleo, dora)
  await eventually(() => others.every((one) => !isMember(one, ana)))
  for (const one of others) {
    t.ok(others.every((other) => isMember(one, other)))
    t.is(saysOf(one, ana).length, 1 + others.length + 2, 'and all of them see what was said')
  }

  await cutOff(ben, cleo, ana.keys.device)
  const pit = ben.circle.roster.members.find(({ name }) => name === 'pit')!
  t.is(pit.state, 'active', 'ben knew of it when it took the founder out')
  await cutOff(ben, cleo, pit.device)
  const gil = await enrol(t, ben, 'contact')
  await connect(t, gil, ben)
  await eventually(() => [...others, gil].every((one) => isMember(one, gil)))
  t.absent(dora.circle.roster.active(pit.device))
})

test('a founder’s seed that lets members in again with a key of its own has nothing sealed for that', async (t) => {
  const [ana, ben, cleo] = await enrolled(t, 'organiser', 'contact')
  await ana.close()
  const thief = await thiefOf(t, ana, ben)
  const own = newKeys()
  for (const { keys } of [ben, cleo]) {
    const { device, boxSignature } = keys.signedBox
    for (const signature of [boxSignature, own.signedBox.boxSignature]) {
      const signedBox = { device, box: own.box, boxSignature: signature }
      const body = { ...signedBox, role: 'contact' as const, name: 'again', atMs: 1, seen: [] }
      await thief.circle.say({ kind: 'member-added', body })
    }
  }
  await show(t, thief, ben)
  await connect(t, cleo, ben)
  await eventually(() => [ben, cleo].every((one) => saysOf(one, ana).length === 1 + 2 + 4))
  for (const { circle } of [ben, cleo]) {
    const fates = saysOf({ circle } as Station, ana).map(({ state, why }) => why ?? state)
    t.is(fates.filter((fate) => fate === 'foreign-key').length, 4, 'all see that it does not count')
    t.is(fates.filter((fate) => fate === 'effective').length, 3)
    t.absent(circle.roster.readers().some(({ box }) => b4a.equals(box, own.box)))
  }
  await cutOff(ben, cleo, ana.keys.device)
  await eventually(() => cleo.state.later.length > 0)
  t.alike(cleo.state.later, ben.state.later, 'cleo opens what is sealed for it')
})
