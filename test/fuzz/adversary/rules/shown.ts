// Whatever anybody said of who belongs stands in the history of everybody, with who said it and when; and
// nobody is spoken with whom the list of members does not show.

import { hex } from '../../../../core/encoding/hex.ts'
import { changesRoster } from '../../../../core/circle/roster.ts'
import type { HistoryEntry, JournalLine } from '../../../../core/circle/roster.ts'
import type { Actor } from '../actor.ts'
import { agreeing, inTwoVersions } from './alike.ts'
import type { Rule } from './rule.ts'

/** Of a journal in two versions each has the one that it was shown. */
export const everyChangeShown: Rule = (world) => {
  const actors = agreeing(world)
  const isTwo = inTwoVersions(world)
  const readBy = ({ station }: Actor): JournalLine[] =>
    station!.circle.rulings.filter(changesRoster)
  const ofAll = actors.flatMap(readBy).filter((line) => !isTwo(line))
  return actors.flatMap((actor) => {
    const said = new Set([...ofAll, ...readBy(actor)].map(wordsOf))
    const shown = new Set(actor.station!.circle.roster.history.map(textOf))
    const hidden = [...said].filter((words) => !shown.has(words))
    return hidden.map((words) => `device ${actor.index} does not show: ${words}`)
  })
}

function wordsOf({ device, journal, index, entry }: JournalLine): string {
  const { device: about, atMs } = entry.body as { device: Uint8Array; atMs: number }
  return textOf({ kind: entry.kind, by: device, about, atMs, journal, index } as HistoryEntry)
}

function textOf({ kind, by, about, atMs, journal, index }: HistoryEntry): string {
  return [kind, hex(by), hex(about), atMs, hex(journal), index].join(' ')
}

/** Before its journals have been read a device takes the word of who let it in. */
export const nobodyUnseen: Rule = (world) => {
  const devices = [...world.actors.map(({ keys }) => keys), ...world.strangers]
  return agreeing(world).flatMap((actor) => {
    const { circle } = actor.station!
    const unseen = devices.filter(({ device }) => {
      const isIntroducer = actor.introducer?.keys.device === device
      return circle.admits(device) && circle.roster.active(device) === null && !isIntroducer
    })
    return unseen.map(
      ({ device }) => `device ${actor.index} admits ${hex(device).slice(0, 8)}, who is no member`
    )
  })
}
