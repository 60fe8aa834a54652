// Quotas for circles: one for each, and others for some. A relay knows circles by their keys alone, so
// they are named by those, or the beginning of them.

import { limitIn, wordsOf, wrong } from './values.ts'

export interface CircleQuotas {
  /** Bytes for each circle that is not named; null for no limit of its own. */
  each: number | null
  /** By the beginning of its key, z32 text. */
  named: ReadonlyMap<string, number | null>
}

const MIN_PREFIX = 6

/** `50G`, or `50G, yb3k9f=200G, n8ejx4=none`. */
export function circleQuotasIn(where: string, text: string): CircleQuotas {
  let each: number | null = null
  const named = new Map<string, number | null>()
  for (const word of wordsOf(text)) {
    const [, circle, size] = /^(?:([a-z0-9]+)\s*=\s*)?(.*)$/.exec(word)!
    if (circle === undefined) each = limitIn(where, size!)
    else if (circle.length >= MIN_PREFIX) named.set(circle, limitIn(where, size!))
    else throw wrong(where, `at least ${MIN_PREFIX} letters of a circle's key before the =`, word)
  }
  return { each, named }
}

/** @param circle its key, z32 text */
export function quotaOf({ each, named }: CircleQuotas, circle: string): number | null {
  for (const [prefix, bytes] of named) if (circle.startsWith(prefix)) return bytes
  return each
}
