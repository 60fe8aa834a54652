// Something noted while filming, on its way to the engine: into the film while that takes any, else beside it.
// Pure. Must never: call something noted that has only nowhere to go yet.

import type { FilmingState, Handle, Key, TagKind } from '../../../../../core/api/contract.ts'

export interface Noted {
  /** Null for free text. */
  tag: TagKind | null
  text: string
  /** Of the film, when it was noted. */
  seconds: number
  /** The same by the page's own clock (`performance.now`). */
  atMs: number
}

/** Its film, as far as that is known. */
export interface FilmOf {
  /** What the engine says of it now; null where it has none, or not yet. */
  now: FilmingState | null
  /** What the engine has of it, the first begun first: several where it began anew. */
  recordings: readonly Key[]
  /** Nothing more of it comes. */
  isOver: boolean
}

export type NoteWay =
  | { kind: 'film'; filming: Handle; agoMs: number }
  | { kind: 'afterwards'; recording: Key; seconds: number }
  /** There is no film that it could be said of any more. */
  | { kind: 'none' }

/** @param nowMs by the clock of `atMs` @param wallMs the same moment, since 1970 @returns null: it waits */
export function wayOf(
  { seconds, atMs }: Noted,
  { now, recordings, isOver }: FilmOf,
  nowMs: number,
  wallMs: number
): NoteWay | null {
  const agoMs = Math.round(nowMs - atMs)
  if (now === null) {
    const [recording] = recordings
    if (!isOver) return null
    return recording === undefined ? { kind: 'none' } : { kind: 'afterwards', recording, seconds }
  }
  const { recording, phase, filming, startedAtMs } = now
  if (recording === null || (phase !== 'ending' && phase !== 'over'))
    return { kind: 'film', filming, agoMs }
  // The page counts from the first film, of which this one may be no part.
  const isFirst = recordings.length < 2 || startedAtMs === null
  const at = isFirst ? seconds : (wallMs - agoMs - startedAtMs) / 1000
  return { kind: 'afterwards', recording, seconds: Math.min(Math.max(0, at), now.seconds) }
}

/**
 * The engine may take it later: it is away or locked, its disk is full, or the film has not begun yet, or is
 * just ending.
 */
export function dueAgain(code: string): boolean {
  return ['ENGINE_GONE', 'BAD_STATE', 'DEVICE_LOCKED', 'STORAGE_FULL'].includes(code)
}

/** What can be shown at the tap, in the order of what is needed first. */
export const QUICK_TAGS = ['plate', 'badge', 'unit', 'other'] as const satisfies readonly TagKind[]
export type QuickTag = (typeof QUICK_TAGS)[number]

export function isQuick(tag: TagKind | null): tag is QuickTag {
  return (QUICK_TAGS as readonly (TagKind | null)[]).includes(tag)
}
