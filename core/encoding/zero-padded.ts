// Padding, so that a size tells little of what is in it.
// Must never: let anything but zeros pass for padding; it could carry what nobody signed for.

import { bad, take } from './wire.ts'
import type { Codec } from './wire.ts'

/** A value, then zeros up to the length `bucket` gives; anything but zeros there is refused. */
export function zeroPadded<T>(item: Codec<T>, bucket: (length: number) => number): Codec<T> {
  return {
    preencode(state, value) {
      const start = state.end
      item.preencode(state, value)
      state.end = start + bucket(state.end - start)
    },
    encode(state, value) {
      item.encode(state, value)
      state.buffer!.fill(0, state.start, state.end)
      state.start = state.end
    },
    decode(state) {
      const value = item.decode(state)
      const padding = take(state, state.end - state.start)
      if (padding.some((byte) => byte !== 0)) throw bad('its padding is not empty')
      return value
    }
  }
}
