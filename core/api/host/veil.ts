// What a locked device still tells its screens: that it films and holds, and how safe its film is. Pure.
// Must never: let pass anything of films, names or members; what is not listed here does not.

import type { DeviceState, DiskState, FilmingState, State } from '../contract.ts'

type Veils = { [S in keyof State]?: (value: any) => unknown }

/** Slices that are shown all the same, and what is left of each value. */
const SHOWN: Veils = {
  device: (device: DeviceState) => ({ ...device, device: null, name: '', named: false }),
  disk: (disk: DiskState) => ({ ...disk, heldBytes: 0 }),
  wiped: (wiped: unknown) => wiped,
  filming: (film: FilmingState) => ({ ...film, circle: '', holders: [] })
}

export function isShownLocked(slice: keyof State): boolean {
  return slice in SHOWN
}

/** A slice that is one value, or one entry of one that has many, as a locked device tells it. */
export function veiled(slice: keyof State, value: unknown): unknown {
  return value === null ? null : (SHOWN[slice]?.(value) ?? null)
}

export function veiledState(state: State): State {
  const { device, disk, wiped, filming } = state
  const films = Object.entries(filming).map(([handle, film]) => [handle, veiled('filming', film)])
  return {
    device: veiled('device', device) as DeviceState,
    disk: veiled('disk', disk) as DiskState,
    wiped,
    join: null,
    filming: Object.fromEntries(films),
    ...{ circles: {}, recordings: {}, invites: {}, exports: {} }
  }
}
