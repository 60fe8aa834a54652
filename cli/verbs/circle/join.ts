// `temoin join`: redeems an invite. Makes the device where this directory is none yet, so that one
// command on a fresh machine is enough. Goes on trying until the invite expires, after a restart as
// well; ends once this device knows itself a member.

import type { Circle } from '../../../core/circle/circle.ts'
import type { Asked } from '../../../core/circle/pairing/candidate.ts'
import type { Device } from '../../../core/device.ts'
import { decodeInvite } from '../../../core/encoding/pairing/invite.ts'
import type { Invite } from '../../../core/encoding/pairing/invite.ts'
import { TemoinError } from '../../../core/errors.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import type { JoinOptions } from '../../../core/exchange/members/joining.ts'
import { circleNameOf } from '../../../core/device/facts/names.ts'
import { givenInvite } from '../../invite/given-invite.ts'
import { LANGUAGE_FLAG, languageOf, phraseFields, shownPhrase } from '../../invite/phrase.ts'
import { hasNoDevice, withDevice } from '../../open-device.ts'
import type { OpenOptions } from '../../open-device.ts'
import { isoText, keyText } from '../../output/units.ts'
import { nameText, seconds } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'
import { deviceName } from '../device/init.ts'

/** The inviter is on the line at this point: its journals are a matter of moments. */
const ROSTER_MS = 30_000

export const join: Verb = {
  path: 'join',
  summary: 'Redeem an invite',
  args: [
    [
      '[url]',
      'The invite: temoin:…, or - to read it from stdin, unseen in the list of processes; without it, goes on with the one that was cut short'
    ]
  ],
  flags: [
    [
      '--name <name>',
      'What the members of this circle shall call this device (others: "temoin rename")'
    ],
    ['--timeout <seconds>', 'Stop trying after so long (default when the invite expires)'],
    ['--forget', 'Give up the invite that was cut short'],
    LANGUAGE_FLAG
  ],
  run: (invocation) => joinWith(invocation)
}

export interface JoinWords {
  /** How it goes on, once it is a member. */
  next: string
  /** What stays on here, where the inviter left too soon. */
  hold: string
  circleName: (circle: Circle) => string
}

const WORDS: JoinWords = {
  next: 'Hold what the others film with "temoin hold"',
  hold: 'temoin hold',
  circleName: circleNameOf
}

/**
 * Also the relay's `join`, which takes no other invites than a relay's.
 * @param assertFits throws for an invite that is not redeemed here, before anything is made
 */
export async function joinWith(
  invocation: Invocation,
  words: JoinWords = WORDS,
  assertFits: (invite: Invite) => void = () => {}
): Promise<void> {
  const { program, args, flags, stop } = invocation
  const text = args['url'] === undefined ? null : await givenInvite(args['url'], stop)
  if (stop.requested) return
  const given = text === null ? null : decodeInvite(text)
  if (given !== null) assertFits(given)
  const options = joinOptions(invocation)
  if (given === null && (await hasNoDevice(invocation.settings.storage)))
    throw nothingToJoin(program)
  const open = given === null ? {} : await openOptions(invocation)
  await withDevice(invocation, open, async (device) => {
    if (flags['forget'] === true && given === null) return device.forgetPendingInvite()
    const invite = given ?? device.pendingInvite
    if (invite === null) throw nothingPending(program)
    assertFits(invite)
    const exchange = await redeem(invocation, device, invite, options)
    if (exchange !== null) await arrive(invocation, { device, exchange, words })
  })
}

function nothingToJoin(program: string): TemoinError {
  const sentence = `${program} join needs <url>: the invite that an organiser of the circle gives you`
  return new TemoinError('BAD_INPUT', sentence)
}

function joinOptions(invocation: Invocation): JoinOptions {
  const { flags } = invocation
  const { name, timeout } = flags
  languageOf(invocation) // wrong ones are refused before anything is done
  const limits = { min: 1, max: 30 * 86_400 }
  return {
    ...(name === undefined ? {} : { name: nameText('--name', String(name)) }),
    ...(timeout === undefined
      ? {}
      : { timeoutMs: 1000 * seconds('--timeout', String(timeout), limits) })
  }
}

async function openOptions({ settings, flags, out }: Invocation): Promise<OpenOptions> {
  if (!(await hasNoDevice(settings.storage))) return {}
  out.note(`Making a device in ${settings.storage}`)
  return { create: { name: deviceName(flags['name']) } }
}

/** Null where somebody wanted to stop meanwhile. */
async function redeem(
  invocation: Invocation,
  device: Device,
  invite: Invite,
  options: JoinOptions
): Promise<Exchange | null> {
  const { program, out, stop } = invocation
  const expires = isoText(invite.expiresAtMs)
  const { timeoutMs = Infinity } = options
  const until = isoText(Math.min(invite.expiresAtMs, Date.now() + timeoutMs))
  const onAttempt = (attempt: number): void => {
    out.event('looking', { attempt, until })
    out.progress(attempt === 1 ? 'Looking for the inviter…' : waitingText(attempt, until))
  }
  const onAsked = (asked: Asked): void => tellAsked(invocation, asked)
  const joined = device.join(invite, { ...options, onAttempt, onAsked })
  joined.catch(() => {}) // where we stop waiting for it
  const exchange = await Promise.race([joined, stop.asked().then(() => null)])
  if (exchange === null)
    out.note(`Stopped: "${program} join" goes on with this invite until ${expires}`)
  return exchange
}

function waitingText(attempt: number, until: string): string {
  return `Nobody answers yet (try ${attempt}): the inviter is away, or on another network. This goes on until ${until}`
}

/** What both sides show: the phrase, for two people to compare. */
function tellAsked(invocation: Invocation, { phrase, confirm }: Asked): void {
  const { out } = invocation
  const language = languageOf(invocation)
  out.event('asked', { confirm, ...phraseFields(phrase, language) })
  out.note(`Check phrase: ${shownPhrase(phrase, language)}`)
  if (confirm) out.note('Show it to the organiser, who lets this device in if theirs is the same')
}

async function arrive(
  { out, stop }: Invocation,
  { device, exchange, words }: { device: Device; exchange: Exchange; words: JoinWords }
): Promise<void> {
  const { circle } = exchange
  out.progress('Admitted; fetching what the members say…')
  const self = () => circle.roster.active(device.key)
  if (!(await stop.until(() => self() !== null, ROSTER_MS))) {
    if (stop.requested) return
    throw new TemoinError(
      'INVITE_UNREACHABLE',
      `The inviter let this device in but left before its journals had come: keep the inviter running and start "${words.hold}" here`
    )
  }
  const { role } = self()!
  out.event('joined', { circle: keyText(circle.id), role, device: keyText(device.key) })
  out.say(`This device is now a member of ${words.circleName(circle)}, as ${role}`)
  out.say(words.next)
}

function nothingPending(program: string): TemoinError {
  return new TemoinError(
    'BAD_INPUT',
    `No invite is pending on this device: give one, "${program} join temoin:…"`
  )
}
