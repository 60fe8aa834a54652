// Clocks that are set, by networks, by people, by a flat battery.

import type { Act } from '../act.ts'

const HOUR_MS = 3_600_000
const JUMPS_MS = [-HOUR_MS, -60_000, -5000, 5000, 60_000, HOUR_MS, 24 * HOUR_MS, -24 * HOUR_MS]

export const jump: Act = ({ a, random }) => {
  a.clock.set(random.pick(JUMPS_MS))
  return true
}
