// Frames of protomux and packets of the DHT, made by hand: what a hostile device can send that the
// libraries would not.

import b4a from 'b4a'
import c from 'compact-encoding'
import crypto from 'hypercore-crypto'

/** @param n below 2 ** 32 */
export function uint(n: number): Uint8Array {
  return c.encode(c.uint, n)
}

export function join(...parts: Uint8Array[]): Uint8Array {
  return b4a.concat(parts as any)
}

/** Opens channel `channel` of the sender. */
export function open(
  channel: number,
  protocol: string,
  id: Uint8Array,
  handshake: Uint8Array = b4a.alloc(0)
): Uint8Array {
  const name = c.encode(c.string, protocol)
  return join(b4a.from([0, 1]), uint(channel), name, c.encode(c.optionalBuffer, id), handshake)
}

export function message(channel: number, type: number, body: Uint8Array): Uint8Array {
  return join(uint(channel), uint(type), body)
}

/** `count` times the same message of a channel in one frame. */
export function batch(channel: number, count: number, type: number): Uint8Array {
  const one = join(uint(1), uint(type))
  return join(b4a.from([0, 0]), uint(channel), b4a.concat(Array(count).fill(one)))
}

/** A batch in a batch in a batch: protomux reads each on the stack of the one before. */
export function nested(levels: number): Uint8Array {
  const heads: Uint8Array[] = []
  let size = 1
  for (let i = 0; i < levels; i++) {
    const head = join(b4a.from([0, 0]), uint(size))
    heads.push(head)
    size += head.byteLength
  }
  return join(b4a.from([0]), ...heads.reverse(), b4a.from([0]))
}

/** A request to a node of the DHT that begins a handshake with the device of this key. */
export function handshakeRequest(device: Uint8Array, port: number, noise: Uint8Array): Uint8Array {
  const value = join(b4a.from([0, 0]), c.encode(c.buffer, noise as any))
  return dhtRequest(0, device, port, value)
}

/** Goes on with a handshake that was never begun. */
export function holepunchRequest(device: Uint8Array, port: number, id: number): Uint8Array {
  const payload = c.encode(c.buffer, crypto.randomBytes(80) as any)
  return dhtRequest(1, device, port, join(b4a.from([0, 0]), uint(id), payload))
}

/** As dht-rpc encodes it: version, flags (a target and a value), its number, the receiver. */
function dhtRequest(
  command: number,
  device: Uint8Array,
  port: number,
  value: Uint8Array
): Uint8Array {
  const to = b4a.from([127, 0, 0, 1, port & 255, port >> 8])
  const head = join(b4a.from([3, 8 | 16]), crypto.randomBytes(2), to, uint(command))
  return join(head, crypto.hash(device), c.encode(c.buffer, value as any))
}
