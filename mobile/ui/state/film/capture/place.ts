// How much of a place is said. Pure.

export type PlaceChoice = 'off' | 'coarse' | 'exact'

export interface Sampled {
  latitude: number
  longitude: number
  accuracyM: number
}

/** A hundredth of a degree of latitude is 1.1 km: a quarter of a town, no house. */
const GRID_DEGREES = 0.01
const GRID_ACCURACY_M = 800

/** The middle of its square on a fixed grid, so that many samples tell no more than one. */
export function coarse({ latitude, longitude, accuracyM }: Sampled): Sampled {
  return {
    latitude: onGrid(latitude),
    longitude: onGrid(longitude),
    accuracyM: Math.max(accuracyM, GRID_ACCURACY_M)
  }
}

export function asPlaceChoice(kept: string | null): PlaceChoice {
  return kept === 'coarse' || kept === 'exact' ? kept : 'off'
}

function onGrid(degrees: number): number {
  return Number((Math.round(degrees / GRID_DEGREES) * GRID_DEGREES).toFixed(2))
}
