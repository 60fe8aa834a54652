// What of a film is safe, and with whom: sums over the parts of the film, and the sentences about it.
// Pure. Counts only what holders signed for; a film is safe with somebody when all of it is.
// Must never: say safe of what is not.

import type { FilmHolder as Whole } from '../../core/device/facts/film-holders.ts'
import { countsUntil } from '../../core/exchange/leavings.ts'
import { dayText, listText, timeText } from '../output/units.ts'

/** What the sentences need of one. */
export type FilmHolder = Pick<Whole, 'name' | 'seconds' | 'all' | 'online' | 'leavesAtMs' | 'full'>

const NOBODY = 'nobody has this yet'

/** The changing line while filming. */
export function progressText(filmedSeconds: number, holders: FilmHolder[]): string {
  const filmed = `${timeText(filmedSeconds)} filmed`
  const having = holders.filter((holder) => holder.seconds > 0)
  const full = fullText(holders)
  if (having.length === 0) return `${filmed}; ${NOBODY}${onlineText(holders)}${full}`
  return `${filmed}; safe: ${having.map(holderText).join(', ')}${full}`
}

/** What is still to come before everybody who is online has all of it. */
export function missingText(filmedSeconds: number, holders: FilmHolder[]): string {
  const waiting = holders.filter((holder) => holder.online && !holder.full && !holder.all)
  if (waiting.length === 0) return `waiting for somebody to take it; ${NOBODY}`
  const each = waiting.map(
    ({ name, seconds }) => `${name} (${timeText(Math.max(0, filmedSeconds - seconds))} to go)`
  )
  return `handing on the rest to ${listText(each)}`
}

/**
 * The last word: what is safe with whom, and what is not.
 * @param ownSeconds what this device's own disk took: all of it, unless it was full
 */
export function summaryText(
  filmedSeconds: number,
  holders: FilmHolder[],
  ownSeconds = filmedSeconds
): string {
  const whole = holders.filter((holder) => holder.all).map(nameText)
  const part = holders.filter((holder) => !holder.all && holder.seconds > 0)
  const filmed = timeText(filmedSeconds)
  const partly = part.map(
    ({ name, seconds }) =>
      `${name} has ${timeText(seconds)} and lacks the last ${timeText(filmedSeconds - seconds)}`
  )
  if (whole.length > 0) {
    const safe = `All ${filmed} are safe with ${listText(whole)}`
    return (partly.length === 0 ? safe : `${safe}; ${listText(partly)}`) + fullText(holders)
  }
  const said = part.length === 0 ? 'Nobody else has this film' : noneHasAll(filmed, partly)
  const most = Math.max(0, ...part.map(({ seconds }) => seconds))
  return said + whatToDo(filmedSeconds, ownSeconds, most) + fullText(holders)
}

function noneHasAll(filmed: string, partly: string[]): string {
  return `No other device has all of these ${filmed}: ${listText(partly)}`
}

/** Keeping this device on helps where it has more than the others; what no disk took is gone. */
function whatToDo(filmedSeconds: number, ownSeconds: number, mostSeconds: number): string {
  const lost = filmedSeconds - Math.max(ownSeconds, mostSeconds)
  const gone =
    lost > 0 ? `, and the last ${timeText(lost)} are lost: this disk did not take them` : ''
  if (ownSeconds <= mostSeconds) return gone
  const colon = mostSeconds > 0 || gone !== '' ? '; ' : ': '
  return `${gone}${colon}keep this device on with "temoin hold" until somebody has it`
}

function holderText(holder: FilmHolder): string {
  const { seconds, online, full } = holder
  const state = !online ? ', gone' : full ? ' and no more: it is full' : ''
  return `${nameText(holder)} ${timeText(seconds)}${state}`
}

/** Safe there, but not for long. */
function nameText({ name, leavesAtMs }: FilmHolder): string {
  return leavesAtMs === null ? name : `${name} (until ${dayText(countsUntil(leavesAtMs))})`
}

function onlineText(holders: FilmHolder[]): string {
  const able = holders.filter((holder) => holder.online && !holder.full)
  const online = able.map(({ name }) => name)
  if (online.length === 0 && holders.some((holder) => holder.online)) return ''
  return online.length === 0 ? ', and nobody is here' : `; ${listText(online)} here`
}

/** Who is here, has no room for this film, and has none of it. */
function fullText(holders: FilmHolder[]): string {
  const full = holders.filter(({ online, full, seconds }) => online && full && seconds === 0)
  if (full.length === 0) return ''
  const are = full.length === 1 ? 'is' : 'are'
  return `; ${listText(full.map(({ name }) => name))} ${are} full: not safe there`
}
