// What one organiser who turned does with its word alone: cut off one other device at most.

import b4a from 'b4a'
import type { HistoryEntry } from '../../../../core/circle/roster.ts'
import { hex } from '../../../../core/encoding/hex.ts'
import type { Actor } from '../actor.ts'
import type { World } from '../world.ts'
import { agreeing } from './alike.ts'
import type { Rule } from './rule.ts'

export const oneAtMost: Rule = (world) =>
  agreeing(world).flatMap((actor) => {
    const { roster } = actor.station!.circle
    const lost = world.actors.filter(
      (one) =>
        !one.hostile &&
        roster.find(one.keys.device)?.state === 'cut-off' &&
        isByHostileAlone(world, roster.history, one)
    )
    if (lost.length < 2) return []
    return [`device ${actor.index}: ${lost.map(({ index }) => index)} are out on one word`]
  })

/** Whoever accused it is hostile, and nobody stood by any of them. */
function isByHostileAlone(
  { actors }: World,
  history: readonly HistoryEntry[],
  { keys }: Actor
): boolean {
  const hostile = new Set(actors.filter((one) => one.hostile).map((one) => hex(one.keys.device)))
  const about = history.filter((said) => b4a.equals(said.about, keys.device))
  const cuts = about.filter(({ kind, state }) => kind === 'member-revoked' && state === 'effective')
  const isSeconded = about.some(({ kind, state }) => kind === 'seconded' && state === 'effective')
  return !isSeconded && cuts.every(({ by }) => hostile.has(hex(by)))
}
