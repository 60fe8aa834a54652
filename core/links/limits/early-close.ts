// A channel that the other end opens and closes again before this end has looked whether it has what it is
// for. Stock, protomux overlooks such a close, opens the channel all the same, and when the other end uses the
// number again, as it may, calls that an invalid message: an honest member lost its link for our being late,
// and had its journals open towards nobody until then.
// Must never: touch a channel that is open here, or one that is closed.

import c from 'compact-encoding'
import type { MuxInternals, Received } from './mux-internals.ts'

/** From now on a close counts also where the channel is still being opened here. */
export function heedEarlyCloses(mux: MuxInternals): void {
  const { _onclosesession } = mux
  mux._onclosesession = (state) => {
    if (!withdraw(mux, state)) _onclosesession.call(mux, state)
  }
}

/** Answers as if it had been refused at once: then the other end may use its number again. */
function withdraw(mux: MuxInternals, { buffer, start, end }: Received): boolean {
  const number = c.uint.decode({ buffer, start, end } as any)
  const remote = mux._remote[number - 1] ?? null
  if (remote === null || remote.session !== null || remote.pending === null) return false
  for (const info of mux._infos.values()) {
    const at = info.incoming.indexOf(number)
    if (at === -1) continue
    info.incoming.splice(at, 1)
    mux._rejectSession(info, number)
    return true
  }
  return false
}
