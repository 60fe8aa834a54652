// Which sentences tell a member's standing, whether it is here, and what it holds of this phone's films.
// Pure: times and texts of times are arguments.

import type { MemberItem } from '../../../../core/api/contract.ts'
import type { Sentence } from './sentence.ts'

export interface Times {
  nowMs: number
  /** A moment: `12:04:31`, with the day where it is not today. */
  momentText: (ms: number) => string
  dayText: (ms: number) => string
  /** Media time: `3 min 20 s`. */
  durationText: (seconds: number) => string
}

type Standing = Pick<MemberItem, 'state' | 'onHold' | 'revoked'>

/**
 * What it is not, where it is less than a member; null for a member like any other.
 * @param isolated for text of others that may run the other way
 */
export function standingSentence(
  { state, onHold, revoked }: Standing,
  nameOf: (device: string) => string,
  isolated: (text: string) => string = (text) => text
): Sentence | null {
  if (revoked !== null) {
    const { by, reason } = revoked
    const values = { name: nameOf(by), reason: isolated(reason) }
    return { key: reason === '' ? 'state.cut-off' : 'state.cut-off-reason', values }
  }
  if (state === 'unconfirmed') return { key: 'state.unconfirmed' }
  return onHold ? { key: 'state.on-hold' } : null
}

/** What it was called first, where it has called itself otherwise since; null where it has not. */
export function formerNameSentence(
  { name, addedAs, namedAtMs }: Pick<MemberItem, 'name' | 'addedAs' | 'namedAtMs'>,
  first: string,
  { dayText }: Pick<Times, 'dayText'>
): Sentence | null {
  if (name === addedAs) return null
  if (namedAtMs === null) return { key: 'member.firstCalledSome', values: { name: first } }
  return { key: 'member.firstCalled', values: { name: first, time: dayText(namedAtMs) } }
}

type Presence = Pick<MemberItem, 'online' | 'lastSeenMs' | 'full' | 'leavesAtMs' | 'behind'>

/**
 * Whether it is here first, then whatever makes its copies worth less.
 * @param isCurrent false where no engine answers, which alone could know who is here
 */
export function presenceSentences(member: Presence, times: Times, isCurrent: boolean): Sentence[] {
  const { full, leavesAtMs } = member
  const said = [isCurrent ? hereSentence(member, times) : { key: 'presence.unknown' }]
  if (leavesAtMs !== null) said.push(leavingSentence(leavesAtMs, times))
  if (full) said.push({ key: 'presence.full' })
  const behind = isCurrent ? behindSentence(member, times) : null
  return behind === null ? said : [...said, behind]
}

function hereSentence({ online, lastSeenMs }: Presence, { momentText }: Times): Sentence {
  if (online) return { key: 'presence.here' }
  if (lastSeenMs === null) return { key: 'presence.never' }
  return { key: 'presence.away', values: { time: momentText(lastSeenMs) } }
}

function leavingSentence(leavesAtMs: number, { nowMs, dayText }: Times): Sentence {
  if (leavesAtMs <= nowMs) return { key: 'presence.left' }
  return { key: 'presence.leaves', values: { day: dayText(leavesAtMs) } }
}

/** Where it is online and lacks something of a film that is being made; who is away lacks all of it. */
function behindSentence({ online, behind }: Presence, { durationText }: Times): Sentence | null {
  const lacking = behind.filter(({ missing }) => missing > 0)
  if (!online || lacking.length === 0) return null
  const seconds = lacking.map((one) => one.seconds)
  if (seconds.includes(null)) return { key: 'presence.behindUnknown' }
  const most = Math.max(...seconds.map((one) => one ?? 0))
  return { key: 'presence.behind', values: { duration: durationText(most) } }
}

/** @param filmed how many films this device has made */
export function holdsSentence(
  { whole, seconds }: MemberItem['holdsOfMine'],
  filmed: number,
  { durationText }: Times
): Sentence {
  if (filmed === 0) return { key: 'holds.none-yet' }
  const duration = durationText(seconds)
  if (whole > 0) return { key: 'holds.whole', values: { count: whole, duration } }
  return seconds > 0 ? { key: 'holds.some', values: { duration } } : { key: 'holds.nothing' }
}
