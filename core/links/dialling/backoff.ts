// When to dial a device again that could not be reached. Pure.

const FIRST_MS = 250
const MOST_MS = 15_000

/**
 * Doubles from a quarter of a second to fifteen seconds, with a third of jitter, so that devices that
 * lost each other together do not call together.
 *
 * @param attempts failed dials in a row, 1 or more
 * @param random in [0, 1)
 */
export function backoffMs(attempts: number, random: number): number {
  const base = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 16))
  return base * (1 - random / 3)
}
