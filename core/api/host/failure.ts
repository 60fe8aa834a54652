// What went wrong, as a client is told.
// Must never: tell the words of an error that is not ours: they may name what nobody shall read.

import { TemoinError } from '../../errors.ts'
import type { Failure } from '../contract.ts'

export function failureOf(err: unknown): Failure {
  if (TemoinError.is(err)) {
    const { code, message, detail } = err
    return { code, message, ...(detail === null ? {} : { detail }) }
  }
  return { code: 'INTERNAL', message: 'This could not be done: try again, and restart Temoin' }
}
