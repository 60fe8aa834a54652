// Whether a circle's screen says that nobody of it answers. No link with anybody is all this device knows: not
// why, nor whether they are on at all. Pure: the page's own time is an argument.

import type { CircleState } from '../../../../core/api/contract.ts'
import { activeOthers } from './circle-view.ts'

/** To find each other takes members a few seconds, longer without a network of their own. */
export const SILENT_MS = 10_000

type Circle = Pick<CircleState, 'members'>
type Standing = Pick<CircleState, 'state' | 'onHold'>

/** Since when this page has seen nobody of a circle, in ms of its own clock; circles where somebody is have none. */
export type Silences = Readonly<Record<string, number>>

/**
 * @param circles as the engine says; null where it says nothing, and nothing is known then
 * @param nowMs of the page's own clock
 */
export function silencesOf(
  before: Silences,
  circles: Readonly<Record<string, Circle>> | null,
  nowMs: number
): Silences {
  const silent = Object.entries(circles ?? {}).filter(([, circle]) => !answers(circle))
  return Object.fromEntries(silent.map(([key]) => [key, before[key] ?? nowMs]))
}

/**
 * In how many ms it is said that nobody answers: 0 for now; null for not at all, since nobody could, or since
 * what this device is in its circle is what has to be said.
 * @param sinceMs null where somebody is there, or nothing is known
 */
export function saidInMs(
  circle: Circle & Standing,
  sinceMs: number | null,
  nowMs: number
): number | null {
  const isMember = circle.state === 'active' && !circle.onHold
  if (sinceMs === null || !isMember || activeOthers(circle).length === 0) return null
  return Math.max(0, sinceMs + SILENT_MS - nowMs)
}

function answers(circle: Circle): boolean {
  return activeOthers(circle).some(({ online }) => online)
}
