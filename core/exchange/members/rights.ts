// Whether what a device is about to say of who belongs would count: weighed by the rules themselves,
// as if it had been said. Each refusal is one sentence that says what to do.
// Must never: have rules of its own.

import b4a from 'b4a'
import { preview } from '../../circle/roster.ts'
import type { HistoryEntry } from '../../circle/roster.ts'
import { secondersOf, secondOfAccused } from '../../circle/seconding.ts'
import { seenBy } from '../../circle/journal/seen-by.ts'
import type { Circle } from '../../circle/circle.ts'
import type { JournalEntry } from '../../encoding/journal/journal-entry.ts'
import { TemoinError } from '../../errors.ts'
import { excerpt } from '../../evidence/text/printable.ts'
import type { DeviceKey } from '../../types/keys.ts'

/** Of those who can second, so many are named. */
const NAMED = 3

/** `T` less what every statement has. */
type Unsaid<Entry> = Entry extends { kind: infer Kind; body: infer Body }
  ? { kind: Kind; body: Omit<Body, 'atMs' | 'seen'> }
  : never
export type UnsaidEntry = Unsaid<
  Extract<
    JournalEntry,
    {
      kind:
        | 'member-added'
        | 'member-revoked'
        | 'seconded'
        | 'reinstated'
        | 'role-changed'
        | 'own-device'
    }
  >
>

/** What is known of a circle, and how something is said in it. */
type Known = Pick<Circle, 'id' | 'rulings' | 'ends' | 'roster' | 'say'>

/**
 * Says it where it would count, or would once seconded.
 * @returns what became of it
 * @throws TemoinError NOT_ALLOWED, BAD_INPUT
 */
export async function sayWhereItCounts(
  circle: Known,
  device: DeviceKey,
  atMs: number,
  unsaid: UnsaidEntry
): Promise<HistoryEntry> {
  const body = { ...unsaid.body, atMs, seen: seenBy(circle.ends, unsaid.body.device) }
  const entry = { kind: unsaid.kind, body } as JournalEntry
  const { said } = preview(circle.id, circle.rulings, device, entry)
  if (said.state === 'void') throw refusal(circle, device, said, entry)
  await circle.say(entry)
  return lastSaid(circle, said) ?? said
}

/** The same where it stands now, in a journal. */
function lastSaid({ roster }: Known, said: HistoryEntry): HistoryEntry | undefined {
  return roster.history.findLast(
    ({ kind, by, about }) =>
      kind === said.kind && b4a.equals(by, said.by) && b4a.equals(about, said.about)
  )
}

function refusal(
  circle: Known,
  device: DeviceKey,
  { kind, why }: HistoryEntry,
  entry: JournalEntry
): TemoinError {
  switch (why) {
    case 'cut-off':
      return notAllowed(
        'This device was cut off: ask an organiser to run "temoin reinstate" for it'
      )
    case 'on-hold':
      return notAllowed(
        `This device cut somebody off alone and may do no more until another member agrees: ask one to run "${secondOfAccused(circle.roster, device)}"`
      )
    case 'not-independent':
      return notAllowed(
        `The word of this device does not count here, since one person could be behind both: ${whoElse(circle, entry)}`
      )
    case 'no-object':
      return new TemoinError('BAD_INPUT', NO_OBJECT[kind] ?? NOT_A_MEMBER)
    default:
      return notAllowed(NO_RIGHT[kind] ?? 'Only an organiser can do this: ask one of the circle')
  }
}

/** Whose word would count in place of ours, of what was to be seconded. */
function whoElse(circle: Known, { kind, body }: JournalEntry): string {
  const said =
    kind === 'seconded' &&
    circle.roster.history.find(
      ({ journal, index }) => index === body.index && b4a.equals(journal, body.journal)
    )
  const found = said ? secondersOf(circle, said) : []
  if (found.length === 0) return 'nobody who is a member today can second it'
  const names = found.slice(0, NAMED).map((device) => circle.roster.find(device)!.name)
  return `ask ${names.map((name) => (name === '' ? 'another member' : excerpt(name))).join(' or ')}`
}

const NOT_A_MEMBER = 'This device is not a member: "temoin circle show" lists them'

const NO_OBJECT: Partial<Record<HistoryEntry['kind'], string>> = {
  reinstated: 'This device was not cut off: "temoin circle show" lists who was',
  'own-device': 'A device need not say that it is its own: name the other one'
}

const NO_RIGHT: Partial<Record<HistoryEntry['kind'], string>> = {
  'member-revoked': 'A relay revokes nobody but itself: ask a member of the circle',
  seconded: 'A relay seconds nothing: ask a member of the circle',
  reinstated:
    'Only an organiser other than the one that cut it off, and not of its own letting in, can reinstate: ask another',
  'role-changed': 'Only an organiser can change roles: ask one of the circle'
}

function notAllowed(sentence: string): TemoinError {
  return new TemoinError('NOT_ALLOWED', sentence)
}
