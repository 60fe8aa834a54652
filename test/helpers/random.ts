// Chance that can be repeated: the same seed gives the same numbers under every runtime, so that a
// failure found by chance is found again. Not for keys.

export interface Random {
  /** 0 or more, less than 1. */
  next(): number
  /** A whole number, 0 or more, less than `max`. */
  int(max: number): number
  bytes(length: number): Uint8Array
  pick<T>(from: ArrayLike<T>): T
}

/** mulberry32 (Tommy Ettinger, public domain): 32 bits of state, good enough to choose inputs. */
export function seeded(seed: number): Random {
  let state = seed | 0
  const word = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return (t ^ (t >>> 14)) >>> 0
  }
  const next = () => word() / 0x100000000
  const int = (max: number) => Math.floor(next() * max)
  return {
    next,
    int,
    bytes: (length) => fill(length, word),
    pick: (from) => from[int(from.length)]!
  }
}

// A word at a time, least significant byte first whatever the machine.
function fill(length: number, word: () => number): Uint8Array {
  const bytes = new Uint8Array(length)
  for (let i = 0; i < length; i += 4) {
    const value = word()
    for (let j = i; j < Math.min(i + 4, length); j++) bytes[j] = value >>> (8 * (j - i))
  }
  return bytes
}
