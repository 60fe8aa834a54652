// What a candidate is told where an invite does not let it in: one sentence each, with the remedy.

import type { Refusal } from '../../encoding/pairing/pairing.ts'
import { TemoinError } from '../../errors.ts'
import type { ErrorCode } from '../../errors.ts'

const REFUSED: Record<Refusal, [ErrorCode, string]> = {
  expired: ['INVITE_EXPIRED', 'This invite has expired: ask for a new one'],
  used: ['INVITE_USED', 'This invite has been used up: ask for a new one'],
  refused: [
    'INVITE_REFUSED',
    'This device was revoked from the circle and does not come back by an invite: ask an organiser to run "temoin reinstate" for it'
  ],
  full: ['INVITE_REFUSED', 'The circle has no room for more members: ask an organiser'],
  declined: [
    'INVITE_REFUSED',
    'The organiser did not let this device in: compare the check phrase with theirs, and ask for a new invite'
  ],
  forged: [
    'INVITE_REFUSED',
    'The request did not reach the inviter as this device signed it: somebody may sit between you, so try again on another network'
  ],
  version: [
    'INVITE_FOREIGN',
    'The inviter runs another version of Temoin: bring both devices to the same version, then try again'
  ],
  powerless: [
    'INVITE_REFUSED',
    'Whoever made this invite may let nobody in any more: ask an organiser for a new one'
  ],
  withdrawn: ['INVITE_REFUSED', 'This invite was taken back: ask for a new one'],
  'on-hold': [
    'INVITE_ON_HOLD',
    'Whoever made this invite cut somebody off and lets nobody in until another member agrees: start the same join again later, it goes on with this invite'
  ]
}

export function refused(why: Refusal): TemoinError {
  return new TemoinError(...REFUSED[why], { detail: why })
}

export function expiredUnanswered(): TemoinError {
  return new TemoinError(
    'INVITE_EXPIRED',
    'This invite has expired, by the clock of this device: set the clock if it is wrong, or else ask for a new invite'
  )
}

/** It was still good when this device began to try. */
export function expiredUnreached(): TemoinError {
  return new TemoinError(
    'INVITE_EXPIRED',
    'This invite expired before the device that made it could be reached: ask for a new one, and make sure that one of the two has a network the other can reach'
  )
}

export function impostor(): TemoinError {
  return new TemoinError(
    'INVITE_REFUSED',
    'Somebody else answered this invite: do not use it, ask the person who invited you for a new one',
    { detail: 'impostor' }
  )
}

export function unreachable(): TemoinError {
  return new TemoinError(
    'INVITE_UNREACHABLE',
    'The device that made this invite could not be reached: make sure it is on, still shows the invite, and shares a network or the internet with this one; if the invite has been used up, ask for a new one'
  )
}

export function givenUp(): TemoinError {
  return new TemoinError('CLOSED', 'Joining was given up before anybody answered: try it again')
}
