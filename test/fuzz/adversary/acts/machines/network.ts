// What happens to the lines between devices.

import type { Act } from '../act.ts'

export const join: Act = async ({ world, a, b, random }) => {
  if (a.station === null || b.station === null || world.wire(a.index, b.index)) return false
  await world.join(a.index, b.index, random.int(3) === 0 ? random.int(40) : 0)
  return true
}

export const cut: Act = ({ world, a, b }) => {
  const there = world.wire(a.index, b.index) !== null
  world.cut(a.index, b.index)
  return there
}

/** Nobody is told that the line is dead. */
export const pause: Act = ({ world, a, b }) => {
  const joined = world.wire(a.index, b.index)
  joined?.pause()
  return joined !== null
}

export const resume: Act = ({ world, a, b }) => {
  const joined = world.wire(a.index, b.index)
  joined?.resume()
  return joined !== null
}

/** Two camps, and no line between them. */
export const partition: Act = ({ world, random }) => {
  const camps = world.actors.map(() => random.int(2))
  const between = world.wires.filter(([a, b]) => camps[a] !== camps[b])
  for (const [a, b] of between) world.cut(a, b)
  return between.length > 0
}

/** Everybody who is up finds somebody again. */
export const heal: Act = async ({ world, random }) => {
  const up = world.actors.filter(({ station }) => station !== null)
  for (const [i, { index }] of up.entries()) {
    if (i > 0) await world.join(index, up[random.int(i)]!.index, 0)
  }
  for (const [, , joined] of world.wires) joined.resume()
  return up.length > 1
}
