// The way a camera went, drawn from its own place samples and nothing else: a plane touching the earth at
// its middle, north up, with a scale. No map is fetched, so nobody learns where anybody looks. Pure.

import type { TimelineState } from '../../../../core/api/contract.ts'

export type Places = TimelineState['places']

export interface Track {
  /** Width and height of the drawing, in its own units. */
  size: number
  points: { x: number; y: number; radius: number; seconds: number }[]
  scale: { units: number; metres: number }
}

const SIZE = 320
const MARGIN = 32
const METRES_PER_DEGREE = 111_320
/** A camera that stood still is drawn in so much of the world, not blown up. */
const LEAST_METRES = 40

/** Null where nothing is known of the way. */
export function trackOf(places: Places): Track | null {
  if (places.length === 0) return null
  const latitude = middle(places.map((place) => place.latitude))
  const longitude = middle(places.map((place) => place.longitude))
  const shrink = Math.cos((latitude * Math.PI) / 180)
  const flat = places.map((place) => ({
    east: (place.longitude - longitude) * METRES_PER_DEGREE * shrink,
    north: (place.latitude - latitude) * METRES_PER_DEGREE,
    place
  }))
  const reach = Math.max(
    ...flat.map(({ east, north }) => 2 * Math.max(Math.abs(east), Math.abs(north)))
  )
  const units = (SIZE - 2 * MARGIN) / Math.max(LEAST_METRES, reach)
  const points = flat.map(({ east, north, place }) => ({
    x: SIZE / 2 + east * units,
    y: SIZE / 2 - north * units,
    radius: Math.min(SIZE / 2, place.accuracyM * units),
    seconds: place.seconds
  }))
  const metres = roundLength(SIZE / 3 / units)
  return { size: SIZE, points, scale: { units: metres * units, metres } }
}

/** Where the camera was: the last sample not later than that moment. */
export function pointAt({ points }: Track, seconds: number): Track['points'][number] | null {
  return points.filter((point) => point.seconds <= seconds).at(-1) ?? points[0] ?? null
}

function middle(values: number[]): number {
  return (Math.min(...values) + Math.max(...values)) / 2
}

/** The longest of 1, 2, 5, 10, … metres that is not longer. */
function roundLength(metres: number): number {
  const power = 10 ** Math.floor(Math.log10(metres))
  return ([5, 2].find((step) => step * power <= metres) ?? 1) * power
}
