// Whether what a device is about to say of who belongs would count: weighed by the rules themselves,
// as if it had been said. Each refusal is one sentence that says what to do.
// Must never: have rules of its own.

import { preview } from '../../circle/roster.ts'
import type { HistoryEntry } from '../../circle/roster.ts'
import { seenBy } from '../../circle/journal/seen-by.ts'
import type { Circle } from '../../circle/circle.ts'
import type { JournalEntry } from '../../encoding/journal/journal-entry.ts'
import { TemoinError } from '../../errors.ts'
import type { DeviceKey } from '../../types/keys.ts'

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

/**
 * Says it where it would count, or would once seconded.
 * @returns what became of it
 * @throws TemoinError NOT_ALLOWED, BAD_INPUT
 */
export async function sayWhereItCounts(
  circle: Circle,
  device: DeviceKey,
  atMs: number,
  unsaid: UnsaidEntry
): Promise<HistoryEntry> {
  const body = { ...unsaid.body, atMs, seen: seenBy(circle.ends, unsaid.body.device) }
  const entry = { kind: unsaid.kind, body } as JournalEntry
  const { said } = preview(circle.id, circle.rulings, device, entry)
  if (said.state === 'void') throw refusal(said)
  await circle.say(entry)
  return said
}

function refusal({ kind, why }: HistoryEntry): TemoinError {
  switch (why) {
    case 'cut-off':
      return notAllowed(
        'This device was cut off: ask an organiser to run "temoin reinstate" for it'
      )
    case 'on-hold':
      return notAllowed(
        'This device cut somebody off alone and may do no more until another member agrees: ask one to run "temoin second"'
      )
    case 'not-independent':
      return notAllowed(
        'The word of this device does not count here, since one person could be behind both: ask a member who came in another way'
      )
    case 'no-object':
      return new TemoinError('BAD_INPUT', NO_OBJECT[kind] ?? NOT_A_MEMBER)
    default:
      return notAllowed(NO_RIGHT[kind] ?? 'Only an organiser can do this: ask one of the circle')
  }
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
