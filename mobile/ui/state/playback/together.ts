// What the one clock of several films does: it runs with those that run, runs on alone where one is still to
// come, and stands at the end where none is. Pure.

/** At its very end a player would begin again, and its last picture may come a little before its length. */
export const LAST_SECONDS = 0.3
/** Further from its last picture than this, the clock was set to where the film has more to show. */
const FAR_SECONDS = 1

/** One film of several, as its player shows it now. */
export interface Beside {
  /** Film seconds that the clock is at; negative before it began. */
  moment: number
  /** Film seconds of the picture. */
  at: number
  /** Of the whole film; null where nobody knows yet. */
  seconds: number | null
  /** It is still filmed: more comes. */
  live: boolean
  /** Pictures come one after the other. */
  moving: boolean
  /** The last picture of all is shown. */
  ended: boolean
  /** It cannot be shown, and nothing waits for it. */
  failed: boolean
}

export type Standing = 'to-come' | 'running' | 'over'

export function standingOf(film: Beside): Standing {
  const { moment, live, failed } = film
  const seconds = film.seconds ?? Infinity
  if (failed) return 'over'
  if (moment < 0) return 'to-come'
  if (moment > seconds) return live ? 'to-come' : 'over'
  return !live && isAtEnd(film, seconds) ? 'over' : 'running'
}

/** With films that wait for their pictures it waits; with none at all, too. */
export function clockOf(standings: readonly Standing[]): 'with-films' | 'alone' | 'ended' {
  if (standings.length === 0 || standings.includes('running')) return 'with-films'
  return standings.includes('to-come') ? 'alone' : 'ended'
}

function isAtEnd({ moment, at, moving, ended }: Beside, seconds: number): boolean {
  if (moving || moment < at - FAR_SECONDS) return false
  return ended || Math.min(at, moment) >= seconds - LAST_SECONDS
}
