// Whether this device films at the moment: advice is for before and after. Pure.

import type { State } from '../../../../core/api/contract.ts'

export function isFilmingIn(state: Pick<State, 'filming'> | null): boolean {
  if (state === null) return false
  return Object.values(state.filming).some(({ phase }) => phase === 'ready' || phase === 'filming')
}
