// The films as the list shows them: what runs now first, then the newest. And which films show one
// moment. Pure: `nowMs` is the engine's clock.

import type { RecordingState } from '../../../core/api/contract.ts'

type Films = Readonly<Record<string, RecordingState>>

/** A film whose length nobody knows yet may show the same moment as one so close to it. */
const UNKNOWN_SECONDS = 60

export function inOrder(films: Films): RecordingState[] {
  return Object.values(films).sort(
    (a, b) =>
      Number(b.phase === 'live') - Number(a.phase === 'live') || b.startedAtMs - a.startedAtMs
  )
}

/** Those whose length and holders the engine has not gathered yet. */
export function unread(films: readonly RecordingState[]): string[] {
  return films.filter(({ read }) => !read).map(({ recording }) => recording)
}

/** Devices that signed for all of it. */
export function wholeCopies({ holders }: RecordingState): number {
  return holders.filter(({ all }) => all).length
}

/** When it was filmed, by its author's clock. */
export function spanOf(film: RecordingState, nowMs: number): { fromMs: number; toMs: number } {
  const seconds = film.seconds ?? UNKNOWN_SECONDS
  const toMs = film.phase === 'live' ? nowMs : film.startedAtMs + seconds * 1000
  return { fromMs: film.startedAtMs, toMs: Math.max(toMs, film.startedAtMs) }
}

/** Others that this device can open and that ran at the same time, the longest together first. */
export function sameMoment(films: Films, film: RecordingState, nowMs: number): RecordingState[] {
  const mine = spanOf(film, nowMs)
  const shared = (other: RecordingState): number => {
    const { fromMs, toMs } = spanOf(other, nowMs)
    return Math.min(mine.toMs, toMs) - Math.max(mine.fromMs, fromMs)
  }
  return Object.values(films)
    .filter((other) => other.recording !== film.recording && other.readable !== false)
    .filter((other) => shared(other) > 0)
    .sort((a, b) => shared(b) - shared(a))
}
