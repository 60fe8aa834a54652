// What would be left if this phone were taken this second: how many devices hold everything it filmed,
// and up to which moment. Pure: what holders signed for in, one finding out; a screen makes a sentence.
// Must never: count what was merely sent, or a device that is about to delete what it holds.

import type { HolderItem, RecordingState } from '../../../../core/api/contract.ts'

/** A film of this device, and who has signed for how much of it. */
export type OwnFilm = Pick<RecordingState, 'startedAtMs' | 'seconds'> & {
  holders: readonly Pick<HolderItem, 'device' | 'seconds' | 'all' | 'leavesAtMs'>[]
}

export type Taken =
  /** This phone has filmed nothing: there is nothing to take. */
  | { kind: 'nothing-filmed' }
  | { kind: 'nobody' }
  /** Each of `devices` has every second. */
  | { kind: 'everything'; devices: number }
  /** Each of `devices` has every second but those that only the page has. */
  | { kind: 'but-page'; devices: number }
  /** Each of `devices` has every second up to then. */
  | { kind: 'until'; devices: number; untilMs: number }
  /** No device has every second up to then, but all of them together do. */
  | { kind: 'together'; devices: number; untilMs: number | null }

/** Receipts come each quarter of a second: what is less apart than this is one moment to people. */
const SAME_MOMENT_MS = 1500

/** @param pageHolds some of what was filmed is in the memory of this page alone */
export function ifTakenNow(films: readonly OwnFilm[], pageHolds = false): Taken {
  if (films.length === 0) return { kind: pageHolds ? 'nobody' : 'nothing-filmed' }
  const devices = holdersOf(films)
  const reaches = devices.map((device) => reachOf(films, device))
  const whole = reaches.filter((reach) => reach === Infinity).length
  if (whole > 0) return { kind: pageHolds ? 'but-page' : 'everything', devices: whole }
  const begin = Math.min(...films.map(({ startedAtMs }) => startedAtMs))
  const together = Math.min(...films.map(reachOfAll))
  const best = Math.max(begin, ...reaches)
  if (together > best + SAME_MOMENT_MS) {
    return { kind: 'together', devices: devices.length, untilMs: finite(together) }
  }
  return best === begin ? { kind: 'nobody' } : until(reaches, best)
}

/** Those that reach furthest, and the least of what they have. */
function until(reaches: number[], best: number): Taken {
  const those = reaches.filter((reach) => reach > best - SAME_MOMENT_MS)
  return { kind: 'until', devices: those.length, untilMs: Math.min(...those) }
}

/** Devices with some of it. */
function holdersOf(films: readonly OwnFilm[]): string[] {
  const all = films.flatMap(({ holders }) => holders.filter(counts))
  return [...new Set(all.map(({ device }) => device))]
}

/** Up to when a device has every second of all films; Infinity where it lacks none. */
function reachOf(films: readonly OwnFilm[], device: string): number {
  const reaches = films.map((film) => {
    const holder = film.holders.find((one) => one.device === device && counts(one))
    return holder === undefined ? film.startedAtMs : heldUntil(film, holder)
  })
  return Math.min(...reaches)
}

/** Up to when somebody or other has every second of one film. */
function reachOfAll(film: OwnFilm): number {
  const reaches = film.holders.filter(counts).map((holder) => heldUntil(film, holder))
  return Math.max(film.startedAtMs, ...reaches)
}

function heldUntil({ startedAtMs }: OwnFilm, { seconds, all }: OwnFilm['holders'][number]): number {
  return all ? Infinity : startedAtMs + 1000 * (seconds ?? 0)
}

function counts({ seconds, all, leavesAtMs }: OwnFilm['holders'][number]): boolean {
  return leavesAtMs === null && (all || (seconds ?? 0) > 0)
}

function finite(ms: number): number | null {
  return Number.isFinite(ms) ? ms : null
}
