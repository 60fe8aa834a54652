import b4a from 'b4a'
import test from 'brittle'
import { Aftermath } from '../../core/circle/aftermath.ts'
import { annotatedEntry, annotationsIn } from '../../core/circle/annotations.ts'
import { Roster } from '../../core/circle/roster.ts'
import type { JournalLine, Member } from '../../core/circle/roster.ts'
import { MAX_ANNOTATIONS } from '../../core/limits.ts'
import type { DeviceKeys } from '../../core/identity/device-keys.ts'
import { noteKeyOf } from '../../core/recording/note-box.ts'
import { annotated, openerOf, remark, SAID_AT_MS } from '../helpers/annotations.ts'
import { eventually } from '../helpers/eventually.ts'
import { connect, enrolled, revoke } from '../helpers/devices/station.ts'
import type { Station } from '../helpers/devices/station.ts'
import { member as named, memberWith, newKeys } from './members.ts'

const FILM = b4a.alloc(32, 'film')
const OPENER = openerOf(FILM)
const OTHER = b4a.alloc(32, 'another film')
const ana = newKeys()
const ben = newKeys()

test('what a member says of a film reaches the others, with who and when, and no relay', async (t) => {
  const [author, contact, relay] = await enrolled(t, 'contact', 'relay')
  await connect(t, author, contact)
  await connect(t, author, relay)
  await contact.circle.say(annotated(contact.keys, FILM))
  await contact.circle.say(annotated(contact.keys, OTHER))
  await eventually(() => author.circle.linesAbout(FILM).length === 1)
  const [{ annotation, afterRevocation } = fail()] = author.circle.annotationsOf(FILM, OPENER)
  t.alike([annotation.tag, annotation.text, annotation.filmMs], ['badge', 'RIO 1234567', 1500])
  t.alike(annotation.device, contact.keys.device)
  t.is(annotation.atMs, SAID_AT_MS)
  t.absent(afterRevocation)
  const journal = contact.circle.journals[0]!
  const there = (): number =>
    relay.circle.readers.get(b4a.toString(journal.key, 'hex'))?.length ?? 0
  await eventually(() => there() > 0 && linesBy(relay, contact) === 0)
  t.is(relay.circle.linesAbout(FILM).length, 0, 'it is there, and says nothing to a relay')
})

test('who was not there reads later what was said of a film', async (t) => {
  const [author, contact] = await enrolled(t, 'contact')
  await author.circle.say(annotated(author.keys, FILM))
  const again = await author.reopen(t)
  t.is(again.circle.annotationsOf(FILM, OPENER).length, 1, 'after a restart')
  await connect(t, again, contact)
  await eventually(() => contact.circle.annotationsOf(FILM, OPENER).length === 1)
})

test('what a device says after it was cut off is marked, what it said before is not', async (t) => {
  const [author, other, thief] = await enrolled(t, 'contact', 'contact')
  const link = await connect(t, author, thief)
  await connect(t, other, thief)
  await thief.circle.say(annotated(thief.keys, FILM, { filmMs: 1 }))
  await eventually(() => author.circle.linesAbout(FILM).length === 1)
  link.cut()
  await thief.circle.say(annotated(thief.keys, FILM, { filmMs: 2 }))
  await eventually(() => other.circle.linesAbout(FILM).length === 2)
  t.alike(marks(other), [
    [1, false],
    [2, false]
  ])
  await revoke(author, thief)
  await connect(t, author, other)
  await eventually(() => other.circle.roster.active(thief.keys.device) === null)
  t.alike(marks(other), [
    [1, false],
    [2, true]
  ])
})

test('what is said of a film comes by the moment, then by its date', (t) => {
  const lines = [
    line(ana, 3, { filmMs: 500, atMs: 9 }),
    line(ben, 0, { filmMs: 500, atMs: 8 }),
    line(ana, 4, { filmMs: 0, atMs: 10 })
  ]
  t.alike(
    read(lines).map(({ filmMs, atMs }) => [filmMs, atMs]),
    [
      [0, 10],
      [500, 8],
      [500, 9]
    ]
  )
})

test('a journal says nothing in the name of another device, nor what that did not sign', (t) => {
  const stolen = { ...line(ana, 0), device: ben.device, journal: b4a.from(ben.device) }
  const changed = { ...remark(ana, FILM), text: 'RIO 7654321' }
  const forged = { ...line(ana, 1), entry: annotatedEntry(noteKeyOf(FILM), changed) }
  const moved = annotatedEntry(noteKeyOf(FILM), remark(ana, OTHER))
  if (moved.kind === 'annotated') moved.body.recording = FILM
  t.alike(read([stolen, forged, { ...line(ana, 2), entry: moved }]), [])
})

test('what is said of a film opens with no key of another one', (t) => {
  const roster = new Roster('street', [memberWith(ana.device)])
  const lines = [line(ana, 0)]
  t.alike(annotationsIn(lines, roster, new Aftermath(roster, lines), openerOf(OTHER)), [])
})

test('of strangers, relays and who nobody has confirmed nothing counts', (t) => {
  const lines = [line(ana, 0)]
  t.is(read(lines, [memberWith(ana.device)]).length, 1)
  t.is(read(lines, [memberWith(ben.device)]).length, 0, 'a stranger')
  t.is(read(lines, [{ ...memberWith(ana.device), role: 'relay' }]).length, 0)
  t.is(read(lines, [{ ...memberWith(ana.device), state: 'unconfirmed' }]).length, 0)
})

test('who says too much of a film is cut short, and nobody else is', (t) => {
  const flood = Array.from({ length: MAX_ANNOTATIONS + 5 }, (_, i) => line(ana, i, { filmMs: i }))
  const found = read([...flood, line(ben, 0, { filmMs: 9_999 })])
  t.is(found.filter(({ device }) => b4a.equals(device, ana.device)).length, MAX_ANNOTATIONS)
  t.is(found.at(-1)!.filmMs, 9_999)
  const forged = flood.map((one) => ({ ...one, device: ben.device }))
  t.is(read([...forged, line(ana, 0)]).length, 1, 'forged ones are not weighed without an end')
})

function read(
  lines: JournalLine[],
  members: Member[] = [memberWith(ana.device), memberWith(ben.device)]
) {
  const roster = new Roster('street', [named('cleo', 'organiser'), ...members])
  return annotationsIn(lines, roster, new Aftermath(roster, lines), OPENER).map(
    (one) => one.annotation
  )
}

function line(
  keys: DeviceKeys,
  index: number,
  changes: Parameters<typeof annotated>[2] = {}
): JournalLine {
  const entry = annotated(keys, FILM, changes)
  return { device: keys.device, journal: b4a.from(keys.device), index, entry }
}

function marks({ circle }: Station): [number, boolean][] {
  return circle
    .annotationsOf(FILM, OPENER)
    .map(({ annotation, afterRevocation }) => [annotation.filmMs, afterRevocation])
}

function linesBy({ circle }: Station, { keys }: Station): number {
  return circle.lines.filter(({ device }) => b4a.equals(device, keys.device)).length
}

function fail(): never {
  throw new Error('nothing was said')
}
