// How the command ends: the exit code and the one sentence for each error. Pure.
// The numbers are a contract with scripts: never change.

import { TemoinError, systemCode } from '../core/errors.ts'
import type { ErrorCode } from '../core/errors.ts'

export const EXIT_DONE = 0
export const EXIT_FAILED = 1
export const EXIT_BAD_INPUT = 2
export const EXIT_LOCKED = 3
export const EXIT_NOT_VERIFIED = 4

const CODES: Partial<Record<ErrorCode, number>> = {
  BAD_INPUT: EXIT_BAD_INPUT,
  CIRCLE_UNKNOWN: EXIT_BAD_INPUT,
  CIRCLE_AMBIGUOUS: EXIT_BAD_INPUT,
  RECORDING_UNKNOWN: EXIT_BAD_INPUT,
  INVITE_MANGLED: EXIT_BAD_INPUT,
  INVITE_FOREIGN: EXIT_BAD_INPUT,
  INVITE_EXPIRED: EXIT_BAD_INPUT,
  INVITE_USED: EXIT_BAD_INPUT,
  INVITE_REDEEMED: EXIT_BAD_INPUT,
  INVITE_REFUSED: EXIT_BAD_INPUT,
  MEDIA_UNSUPPORTED: EXIT_BAD_INPUT,
  MEDIA_DAMAGED: EXIT_BAD_INPUT,
  STORAGE_LOCKED: EXIT_LOCKED,
  VERIFICATION_FAILED: EXIT_NOT_VERIFIED
}

export interface Failure {
  exitCode: number
  code: string
  /** One sentence, with the remedy. */
  message: string
}

export function failureOf(err: unknown): Failure {
  if (TemoinError.is(err)) {
    const { code, message } = err
    return { exitCode: CODES[code] ?? EXIT_FAILED, code, message }
  }
  return { exitCode: EXIT_FAILED, ...systemFailure(err) }
}

function systemFailure(err: unknown): { code: string; message: string } {
  switch (systemCode(err)) {
    case 'ENOSPC':
      return {
        code: 'STORAGE_FULL',
        message: 'The disk is full: free some space, then start again; nothing held here is lost'
      }
    case 'EACCES':
    case 'EPERM':
      return {
        code: 'STORAGE_DENIED',
        message: `The system does not permit this (${firstLine(err)}): change the permissions, or use another --storage directory`
      }
    case 'EROFS':
      return {
        code: 'STORAGE_DENIED',
        message: `That disk is read-only (${firstLine(err)}): make it writable, or name another directory`
      }
    case 'ENOTDIR':
    case 'ELOOP':
      return {
        code: 'STORAGE_DENIED',
        message: `There is no such directory (${firstLine(err)}): name another one`
      }
    case 'EIO':
      return {
        code: 'STORAGE_DAMAGED',
        message: `The disk fails (${firstLine(err)}): copy what it holds to another one; nothing was deleted`
      }
    default:
      return {
        code: 'INTERNAL',
        message: `Something failed that should not (${firstLine(err)}): run it again with TEMOIN_DEBUG=1 to see where`
      }
  }
}

function firstLine(err: unknown): string {
  const text = err instanceof Error ? err.message : String(err)
  return text.split('\n')[0] || 'no message'
}
