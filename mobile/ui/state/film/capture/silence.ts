// Whether a worker that was told to end lives still. It speaks four times a second; a machine that does ten other
// things may let it speak late, and the page hear it late. So it is looked for again and again, and only looks
// that heard nothing count: a page that stood still itself has not looked. Pure.

export const LOOK_MS = 1000
/** Looks one after the other without a word. */
const MOST_SILENT = 10
/** It speaks, and never comes to its end: an encoder of the system's hangs. */
const MOST_LOOKS = 60

export interface Silence {
  looks: number
  silent: number
  /** Words so far. */
  words: number
}

/** @param words that have come from it by now */
export function looked(before: Silence, words: number): Silence {
  const silent = words === before.words ? before.silent + 1 : 0
  return { looks: before.looks + 1, silent, words }
}

export function isDead({ looks, silent }: Silence): boolean {
  return silent >= MOST_SILENT || looks >= MOST_LOOKS
}
