// `temoin invite`: prints an invite and stays to admit who redeems it, until it is used up or expired.
// After the last one it stays until the new member has this circle's journals.

import encodeQR from 'qr'
import type { InviteHost } from '../../core/circle/invite-host.ts'
import { ROLES } from '../../core/encoding/journal-entry.ts'
import { MAX_MEMBERS } from '../../core/limits.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { circleNameOf } from '../facts/names.ts'
import { Newcomers } from '../newcomers.ts'
import { withDevice } from '../open-device.ts'
import { plain } from '../printable.ts'
import { countText, durationMs, isoText, keyText, oneOf, wholeNumber } from '../units.ts'
import type { Invocation, Verb } from '../verb.ts'

const EXPIRES_MS = { min: 1000, max: 30 * 86_400_000 }
/** A new member that cannot be reached for so long gets its journals another time. */
const SETTLE_MS = 10_000

export const invite: Verb = {
  path: 'invite',
  summary: 'Invite devices into a circle; stays until the invite is used up',
  flags: [
    ['--circle <circle>', 'Which circle, where this device is in several'],
    ['--role <role>', `What they may do: ${ROLES.join(', ')} (default contact)`],
    ['--uses <n>', 'How many devices may use it (default 1)'],
    ['--expires <time>', 'How long it holds: 90s, 30m, 2h, 1d (default 2h)']
  ],
  run
}

async function run(invocation: Invocation): Promise<void> {
  const { flags, stop } = invocation
  const role = oneOf('--role', String(flags['role'] ?? 'contact'), ROLES)
  const most = { min: 1, max: MAX_MEMBERS }
  const uses = wholeNumber('--uses', String(flags['uses'] ?? '1'), most)
  const expiresInMs = durationMs('--expires', String(flags['expires'] ?? '2h'), EXPIRES_MS)
  await withDevice(invocation, {}, async (device) => {
    const circle = device.circle(flags['circle'] as string | undefined)
    const host = await device.invite({ circle, role, uses, expiresInMs })
    const newcomers = new Newcomers(device, circle)
    try {
      admit(invocation, host, newcomers)
      show(invocation, host, circle)
      await stop.until(() => host.terms.used >= uses, expiresInMs, 100)
      await stop.until(() => newcomers.areServed(), SETTLE_MS)
    } finally {
      newcomers.stop()
      await host.close()
    }
    sayEnd(invocation, host)
  })
}

function admit({ out }: Invocation, host: InviteHost, newcomers: Newcomers): void {
  host.on('member', ({ ask, role }) => {
    newcomers.add(ask.device)
    out.event('member', { device: keyText(ask.device), name: ask.name, role })
    out.say(`${plain(ask.name)} is now a member, as ${role}`)
  })
  host.on('refused', (why) => {
    out.event('refused', { reason: why })
    out.note(`Somebody was refused: ${REFUSED[why]}`)
  })
}

const REFUSED = {
  expired: 'the invite has expired',
  used: 'the invite is used up',
  refused: 'that device was revoked from this circle',
  full: 'the circle has no room for more'
}

function show({ out, stop }: Invocation, host: InviteHost, { circle }: Exchange): void {
  const { role, expiresAtMs } = host.invite
  const { uses } = host.terms
  out.event('invite', { url: host.url, role, uses, expiresAt: isoText(expiresAtMs) })
  const forWhom = `for ${countText(uses, 'device')}, as ${role}, until ${isoText(expiresAtMs)}`
  out.say(`An invite to ${circleNameOf(circle)}, ${forWhom}:`)
  out.say(`\n${host.url}\n`)
  // In capitals it needs fewer dots; the reader takes either.
  out.say(encodeQR(host.url.toUpperCase(), 'ascii', { ecc: 'low', encoding: 'alphanumeric' }))
  if (!stop.requested) out.note('Waiting for them; keep this running. Ctrl-C takes the invite back')
}

function sayEnd({ out, stop }: Invocation, { terms }: InviteHost): void {
  if (terms.used >= terms.uses) out.note('The invite is used up')
  else if (stop.requested) out.note('The invite is taken back')
  else out.note('The invite has expired')
}
