// What the verbs that change who belongs have in common: the member that is meant, and telling whoever
// can be reached what was said of it.

import type { HistoryEntry, Member } from '../../../core/circle/roster.ts'
import type { Device } from '../../../core/device.ts'
import { TemoinError } from '../../../core/errors.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { tellMembers } from '../../facts/telling.ts'
import { withDevice } from '../../open-device.ts'
import type { Output } from '../../output/output.ts'
import { byPrefix, freeText, waitMsOf } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'

const DEVICE_ARG: [string, string] = [
  '<device>',
  'Its key, or the first letters of it ("temoin circle show")'
]

const TELLING_FLAGS: NonNullable<Verb['flags']> = [
  ['--circle <circle>', 'Which circle, where this device is in several'],
  ['--wait <seconds>', 'How long to tell the members who are online (default 5)']
]

/** What is being said of a member; `asked` is what the command line asks for beside it. */
export interface Saying<T = unknown> {
  device: Device
  exchange: Exchange
  member: Member
  asked: T
  out: Output
}

export interface MemberVerb<T> extends Pick<Verb, 'path' | 'summary' | 'args' | 'flags'> {
  /** Reads what it takes beside the device, before anything is opened. */
  asked?(invocation: Invocation): T
  say(saying: Saying<T>): Promise<HistoryEntry>
  /** Once whoever can be reached has been told. */
  report(saying: Saying<T>, said: HistoryEntry): void
}

/** For a verb that takes a reason: it is what is `asked`. */
export const WITH_REASON = {
  flags: [['--reason <text>', 'Why, for the other members']],
  asked: ({ flags }) => freeText('--reason', String(flags['reason'] ?? ''))
} satisfies Partial<MemberVerb<string>>

/** A verb that says something of the member that `<device>` names, and tells the others. */
export function memberVerb<T>(verb: MemberVerb<T>): Verb {
  const { path, summary, args = [], flags = [] } = verb
  return {
    path,
    summary,
    args: [DEVICE_ARG, ...args],
    flags: [...TELLING_FLAGS, ...flags],
    run: (invocation) => sayOfMember(invocation, verb)
  }
}

async function sayOfMember<T>(invocation: Invocation, verb: MemberVerb<T>): Promise<void> {
  const { args, flags, out } = invocation
  const asked = verb.asked?.(invocation) as T
  const waitMs = waitMsOf(flags, 5, 600)
  const options = { offline: waitMs === 0 }
  const told = withDevice(invocation, options, async (device) => {
    const exchange = device.circle(flags['circle'] as string | undefined)
    const saying = { device, exchange, member: findMember(exchange, args['device']!), asked, out }
    const said = await verb.say(saying)
    await tellMembers(invocation, device, [exchange], waitMs)
    verb.report(saying, said)
  })
  await told.catch((err: unknown) => {
    throw TemoinError.is(err, 'STORAGE_LOCKED') ? inUse(err) : err
  })
}

/** Who is in a hurry to cut somebody off shall not lose an invite or a film by it. */
function inUse(cause: TemoinError): TemoinError {
  const sentence =
    'Another temoin runs on this device: end it first, "hold" and "record" by Ctrl-C, "invite" by the signal TERM, since Ctrl-C takes the invite back and after TERM "temoin invite --resume" goes on with it'
  return new TemoinError('STORAGE_LOCKED', sentence, { cause })
}

function findMember({ circle }: Exchange, wanted: string): Member {
  const found = byPrefix('A device', wanted, circle.roster.members, (member) => member.device)
  if (found !== null) return found
  throw new TemoinError('BAD_INPUT', 'This device is not a member: "temoin circle show" lists them')
}
