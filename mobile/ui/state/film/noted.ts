// Something noted while filming, on its way to the engine. Pure.

import type { TagKind } from '../../../../core/api/contract.ts'

export interface Noted {
  /** Null for free text. */
  tag: TagKind | null
  text: string
  /** Of the film, when it was noted. */
  seconds: number
  /** The same by the page's own clock (`performance.now`). */
  atMs: number
  /** Which film: when it began. */
  film: number
}

/** The engine may take it later: it is away, or the film has not begun yet, or is just ending. */
export function dueAgain(code: string): boolean {
  return code === 'ENGINE_GONE' || code === 'BAD_STATE'
}

/** What can be shown at the tap, in the order of what is needed first. */
export const QUICK_TAGS = ['plate', 'badge', 'unit', 'other'] as const satisfies readonly TagKind[]
export type QuickTag = (typeof QUICK_TAGS)[number]

export function isQuick(tag: TagKind | null): tag is QuickTag {
  return (QUICK_TAGS as readonly (TagKind | null)[]).includes(tag)
}
