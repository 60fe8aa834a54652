// Whether the box key in a statement is its device's own, by that device's signature. Looked into once
// for each statement, and only where its turn comes to be weighed: readings ask for it over and over.
// Pure. Must never: take the word of whoever says the statement for it.

import { verifyBox } from '../../../identity/device-keys.ts'
import type { Statement } from './statement.ts'

const looked = new WeakMap<Statement, boolean>()

/** True also for statements that name no box key. */
export function isOwnBox(statement: Statement): boolean {
  const known = looked.get(statement)
  if (known !== undefined) return known
  const { body } = statement.entry
  const isOwn = !('box' in body) || verifyBox(body)
  looked.set(statement, isOwn)
  return isOwn
}
