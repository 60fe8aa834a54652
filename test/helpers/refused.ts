// Checking that bytes, values or a directory are refused, and refused as such: not by a crash further down.

import type { Assert } from 'brittle'
import { TemoinError } from '../../core/errors.ts'
import type { ErrorCode } from '../../core/errors.ts'

/** The TemoinError that `fn` throws, or null where it throws none. Any other error goes on up. */
export function refusalOf(fn: () => unknown): TemoinError | null {
  try {
    fn()
    return null
  } catch (err) {
    if (TemoinError.is(err)) return err
    throw err
  }
}

/** Asserts that `fn` throws a TemoinError of that code. */
export function refused(
  t: Assert,
  fn: () => unknown,
  message: string,
  code: ErrorCode = 'BAD_ENCODING'
): void {
  t.is(refusalOf(fn)?.code, code, message)
}

/** The TemoinError with which it does not open. Any other error goes on up; it is closed whatever comes. */
export async function refusedOpening(resource: {
  ready(): Promise<void>
  close(): Promise<void>
}): Promise<TemoinError> {
  try {
    await resource.ready()
  } catch (err) {
    if (TemoinError.is(err)) return err
    throw err
  } finally {
    await resource.close()
  }
  throw new Error('It opened')
}
