// Which circle a film is made in, where this device is in several: the one somebody chose, else the one of
// which most can be reached. Pure.

import type { CircleState, Key } from '../../../../../core/api/contract.ts'

/** Those this device may film in, the best first. */
export function circlesToFilmIn(circles: Record<string, CircleState> | null): CircleState[] {
  const able = Object.values(circles ?? {}).filter(mayFilm)
  return able.sort((a, b) => onlineIn(b) - onlineIn(a) || others(b) - others(a))
}

/** Null: the engine decides, which makes one where there is none. */
export function circleToFilmIn(able: readonly CircleState[], chosen: Key | null): Key | null {
  const found = able.find(({ circle }) => circle === chosen) ?? able[0]
  return found?.circle ?? null
}

/** The one after it, and the first after the last. */
export function nextCircle(able: readonly CircleState[], now: Key | null): Key | null {
  const index = able.findIndex(({ circle }) => circle === now)
  return able[(index + 1) % able.length]?.circle ?? null
}

/** What is not known yet is not held against it. */
function mayFilm({ role, state }: CircleState): boolean {
  const isMember = state === null || state === 'active'
  return isMember && role !== 'keeper' && role !== 'relay'
}

function onlineIn({ members }: CircleState): number {
  return members.filter(({ self, online, full, state }) => {
    return !self && online && !full && state === 'active'
  }).length
}

function others({ members }: CircleState): number {
  return members.filter(({ self, state }) => !self && state === 'active').length
}
