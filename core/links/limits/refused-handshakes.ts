// A handshake that is refused leaves nothing behind. hyperdht keeps each for ten seconds, with a timer:
// whoever throws thousands of packets at the port has it keep thousands.

/** hyperdht 6.32.0, class Server: names beyond what it offers, called as its own. */
interface ServerInternals {
  _onpeerhandshake(message: { noise: Uint8Array }, request: unknown): Promise<unknown>
  _clearLater(handshake: Handshake, id: number, noise: string): void
  _clear(handshake: Handshake, id: number, noise: string): void
}

interface Handshake {
  /** Null until it is answered. */
  reply: unknown
  rawStream: unknown
}

/** Noise IK, first message: a key, an encrypted key, an encrypted payload. */
const LEAST_BYTES = 32 + (32 + 16) + 16

/** Before the server listens. Only an answered handshake is remembered: its sender may ask again. */
export function forgetRefused(server: unknown): void {
  const internals = server as ServerInternals
  const { _onpeerhandshake, _clearLater } = internals
  internals._onpeerhandshake = async (message, request) => {
    if (message.noise.byteLength < LEAST_BYTES) return null
    return _onpeerhandshake.call(server, message, request)
  }
  internals._clearLater = (handshake, id, noise) => {
    const isRefused = handshake.reply === null && handshake.rawStream === null
    // Noise that cannot be read is refused before the server has written it down.
    if (isRefused) queueMicrotask(() => internals._clear(handshake, id, noise))
    else _clearLater.call(server, handshake, id, noise)
  }
}
