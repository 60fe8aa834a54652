// The state with a change in it. Pure: what has not changed stays the very same object.

import type { Change, State } from '../contract.ts'

export function applied(state: State, { slice, key, value }: Change): State {
  if (key === null) return { ...state, [slice]: value }
  const values: Record<string, unknown> = { ...(state[slice] as Record<string, unknown>) }
  if (value === null) delete values[key]
  else values[key] = value
  return { ...state, [slice]: values }
}
