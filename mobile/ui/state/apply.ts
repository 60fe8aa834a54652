// The engine's state as the page holds it: replayed whole, then changed slice by slice. Pure.

import type { Change, Keyed, Single, State } from '../../../core/api/contract.ts'

const SINGLE: readonly string[] = ['device', 'disk', 'join', 'wiped'] satisfies Single[]

/** A new state; slices that did not change are the same objects as before. */
export function apply(state: State, changes: readonly Change[]): State {
  const next = { ...state }
  for (const change of changes) {
    if (change.key === null) put(next, change.slice, change.value)
    else put(next, change.slice, entries(next[change.slice as Keyed], change.key, change.value))
  }
  return next
}

/** What a newer engine tells and this page does not know is let pass. */
function put(state: State, slice: string, value: unknown): void {
  if (SINGLE.includes(slice) || Object.hasOwn(state, slice))
    Object.assign(state, { [slice]: value })
}

function entries(held: object, key: string, value: unknown): object {
  if (value !== null) return { ...held, [key]: value }
  return Object.fromEntries(Object.entries(held).filter(([name]) => name !== key))
}
