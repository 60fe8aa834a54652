// A port for a process of a test that must be told one.

/**
 * Above those that devices choose for themselves (links/network.ts), and below those that the system gives
 * to others.
 */
export function aPort(): number {
  return 30_300 + Math.floor(Math.random() * 2_400)
}
