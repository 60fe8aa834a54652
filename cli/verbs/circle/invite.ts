// `temoin invite`: prints an invite and stays to admit who redeems it, until it is used up or expired.
// After the last one it stays until the new member has this circle's journals. Ctrl-C takes the invite
// back; any other end leaves it open, to be gone on with by `--resume`.

import process from '#process'
import type { Device } from '../../../core/device.ts'
import type { InviteHost } from '../../../core/circle/pairing/invite-host.ts'
import { ROLES } from '../../../core/encoding/journal/journal-entry.ts'
import { TemoinError } from '../../../core/errors.ts'
import { MAX_MEMBERS } from '../../../core/limits.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { circleNameOf } from '../../../core/device/facts/names.ts'
import { Doorman } from '../../invite/doorman.ts'
import { saveCode } from '../../invite/code-files.ts'
import { LANGUAGE_FLAG, languageOf } from '../../invite/phrase.ts'
import { dotsOf } from '../../invite/qr-code.ts'
import { terminalCode } from '../../invite/terminal-code.ts'
import { Newcomers } from '../../invite/newcomers.ts'
import { withDevice } from '../../open-device.ts'
import { countText, isoText, keyText } from '../../output/units.ts'
import { durationMs, oneOf, wholeNumber } from '../../values.ts'
import type { Invocation, Verb } from '../../verb.ts'

const EXPIRES_MS = { min: 1000, max: 30 * 86_400_000 }
/** A new member that cannot be reached for so long gets its journals another time; it waits as long itself. */
const SETTLE_MS = 30_000
/** Between two looks whether it has them: it goes as soon as it has. */
const LOOK_MS = 20

export const invite: Verb = {
  path: 'invite',
  summary: 'Invite devices into a circle; stays until the invite is used up',
  flags: [
    ['--circle <circle>', 'Which circle, where this device is in several'],
    ['--role <role>', `What they may do: ${ROLES.join(', ')} (default contact)`],
    ['--uses <n>', 'How many devices may use it (default 1)'],
    ['--expires <time>', 'How long it holds: 90s, 30m, 2h, 1d (default 2h)'],
    ['--confirm', 'Ask about each candidate: its name and check phrase, then y or n'],
    ['--png <file>', 'Write the code as a picture, for a projector'],
    ['--svg <file>', 'Write the code as a drawing, for a poster'],
    ['--resume', 'Go on with the last invite that was cut short'],
    LANGUAGE_FLAG
  ],
  run
}

interface Wanted {
  options: Omit<Parameters<Device['invite']>[0], 'circle'>
  isResumed: boolean
}

async function run(invocation: Invocation): Promise<void> {
  const { flags } = invocation
  const wanted = wantedBy(invocation)
  const language = languageOf(invocation)
  await withDevice(invocation, {}, async (device) => {
    const circle = flags['circle'] as string | undefined
    const { host, exchange } = wanted.isResumed
      ? await resume(device, circle)
      : await start(invocation, device, circle, wanted)
    const newcomers = new Newcomers(device, exchange)
    const onMember = (key: Uint8Array): void => newcomers.add(key)
    const doorman = new Doorman({ out: invocation.out, host, language, onMember })
    let isGiven = wanted.isResumed
    try {
      doorman.start()
      await show(invocation, host, exchange)
      isGiven = true
      await attend(invocation, host, newcomers)
    } finally {
      doorman.stop()
      newcomers.stop()
      if (isTakenBack(invocation) || !isGiven) await device.takeBack(host)
      else await host.close()
    }
    sayEnd(invocation, host)
  })
}

function wantedBy({ flags }: Invocation): Wanted {
  const isResumed = flags['resume'] === true
  const clash = ['role', 'uses', 'expires', 'confirm'].find((name) => flags[name])
  if (isResumed && clash) {
    throw bad(`--resume goes on with an invite as it was made: leave out --${clash}`)
  }
  const role = oneOf('--role', String(flags['role'] ?? 'contact'), ROLES)
  const most = { min: 1, max: MAX_MEMBERS }
  const uses = wholeNumber('--uses', String(flags['uses'] ?? '1'), most)
  const expiresInMs = durationMs('--expires', String(flags['expires'] ?? '2h'), EXPIRES_MS)
  return { isResumed, options: { role, uses, expiresInMs, confirm: flags['confirm'] === true } }
}

type Hosting = { host: InviteHost; exchange: Exchange }

async function start(
  { out }: Invocation,
  device: Device,
  wanted: string | undefined,
  { options }: Wanted
): Promise<Hosting> {
  const exchange = device.circle(wanted)
  const left = device.openInvites.length
  const host = await device.invite({ circle: exchange, ...options })
  if (left > 0) {
    const which = left === 1 ? 'An earlier invite is' : `${left} earlier invites are`
    out.note(`${which} still open: "temoin invite --resume" goes on with the last`)
  }
  return { host, exchange }
}

/** @throws TemoinError BAD_INPUT where there is nothing to go on with */
async function resume(device: Device, wanted: string | undefined): Promise<Hosting> {
  const only = wanted === undefined ? null : device.circle(wanted)
  const found = device.openInvites.findLast(({ exchange }) => !only || exchange === only)
  if (found === undefined) throw bad('No invite is open here: make one with "temoin invite"')
  return { host: await device.resumeInvite(found), exchange: found.exchange }
}

async function show(
  { out, stop, flags }: Invocation,
  host: InviteHost,
  { circle }: Exchange
): Promise<void> {
  const { role, expiresAtMs } = host.invite
  const { uses, used } = host.terms
  const { url, confirm } = host
  const dots = await dotsOf(url)
  const files = await saveCode(dots, { png: flags['png'], svg: flags['svg'] })
  const expiresAt = isoText(expiresAtMs)
  out.event('invite', { url, role, uses, expiresAt, used, confirm, id: keyText(host.id), files })
  const forWhom = `for ${countText(uses - used, 'device')}, as ${role}, until ${expiresAt}`
  out.say(`An invite to ${circleNameOf(circle)}, ${forWhom}:`)
  out.say(`\n${url}\n`)
  out.say(terminalCode(dots, { colours: hasColours(out.json) }))
  for (const file of files) out.note(`The code is in ${file}`)
  if (!stop.requested) out.note('Waiting for them; keep this running. Ctrl-C takes the invite back')
}

/** Until it is used up, expired, or somebody wants to stop; then until the last one has what it needs. */
async function attend({ stop }: Invocation, host: InviteHost, newcomers: Newcomers): Promise<void> {
  const isOver = (): boolean => host.terms.used >= host.terms.uses || host.closed === true
  await stop.until(isOver, Infinity, 100)
  await stop.until(() => newcomers.areServed(), SETTLE_MS, LOOK_MS)
}

/** By a person: whatever else ends the process, a power cut or a closed window, is no such wish. */
function isTakenBack({ stop }: Invocation): boolean {
  return stop.signal === 'SIGINT'
}

function hasColours(json: boolean): boolean {
  const stream = (json ? process.stderr : process.stdout) as { isTTY?: boolean }
  return stream.isTTY === true && !process.env['NO_COLOR']
}

function sayEnd(invocation: Invocation, { terms, invite }: InviteHost): void {
  const { out, stop } = invocation
  if (terms.used >= terms.uses) out.note('The invite is used up')
  else if (isTakenBack(invocation)) out.note('The invite is taken back')
  else if (stop.requested) {
    const until = isoText(invite.expiresAtMs)
    out.note(`The invite stays open until ${until}: "temoin invite --resume" goes on with it`)
  } else out.note('The invite has expired')
}

function bad(sentence: string): TemoinError {
  return new TemoinError('BAD_INPUT', sentence)
}
