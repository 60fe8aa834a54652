// Which sentence tells a candidate why it was not let in, each with its remedy. Pure.

import type { Failure } from '../../../../core/api/contract.ts'
import type { Sentence } from './sentence.ts'

/** What `INVITE_REFUSED` may be about, as `Failure.detail` says. */
export const REFUSALS = [
  'expired',
  'used',
  'refused',
  'full',
  'declined',
  'forged',
  'version',
  'powerless',
  'withdrawn',
  'on-hold',
  'impostor'
] as const

const BY_CODE: Record<string, string> = {
  BAD_INPUT: 'mangled',
  BAD_ENCODING: 'mangled',
  INVITE_MANGLED: 'mangled',
  INVITE_FOREIGN: 'foreign',
  INVITE_REDEEMED: 'redeemed',
  INVITE_EXPIRED: 'expired',
  INVITE_USED: 'used',
  INVITE_UNREACHABLE: 'unreachable',
  INVITE_ON_HOLD: 'on-hold',
  NOT_ALLOWED: 'left',
  DEVICE_LOCKED: 'locked'
}

export function refusalSentence({ code, detail }: Failure): Sentence {
  const known = REFUSALS.find((kind) => kind === detail)
  return { key: `refused.${known ?? BY_CODE[code] ?? 'other'}` }
}

/** Refusals after which the same invite may yet do: it stays, to be gone on with. */
export function mayComeYet({ code }: Failure): boolean {
  return ['INVITE_ON_HOLD', 'INVITE_UNREACHABLE', 'CLOSED'].includes(code)
}

const FAILED: Record<string, string> = {
  NOT_ALLOWED: 'not-allowed',
  DEVICE_LOCKED: 'locked',
  STORAGE_FULL: 'full',
  ENGINE_GONE: 'gone'
}

/** Of any other call that failed; the engine's own sentence where nothing better is known. */
export function failureSentence({ code, message }: Failure): Sentence {
  return { key: `failed.${FAILED[code] ?? 'other'}`, values: { message } }
}
