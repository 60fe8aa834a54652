// What this process holds while something is done to it.

import process from '#process'
import type { Assert } from 'brittle'

const EVERY_MS = 10

/** Watches from now on. */
export function watchMemory(t: Assert): { most(): number; more(): number } {
  const residentMiB = (): number => process.memoryUsage().rss / 2 ** 20
  const before = residentMiB()
  let most = before
  const timer = setInterval(() => (most = Math.max(most, residentMiB())), EVERY_MS)
  t.teardown(() => clearInterval(timer))
  return {
    /** MiB at the worst moment so far. */
    most: () => most,
    /** How much that is above the beginning, MiB. */
    more: () => most - before
  }
}
