// Frames of protomux and packets of the DHT, made by hand: what a hostile device can send that the
// libraries would not.

import b4a from 'b4a'
import c from 'compact-encoding'
import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import NoiseWrap from 'hyperdht/lib/noise-wrap.js'

/** What hyperdht says of itself in a handshake. */
const NOISE_PAYLOAD = {
  error: 0,
  firewall: 0,
  holepunch: null,
  addresses4: [],
  addresses6: [],
  udx: { reusableSocket: true, id: 1, seq: 0 },
  secretStream: {},
  relayThrough: null
}

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

/** Packets to a node of the DHT, which is the device with this key at this port of 127.0.0.1. */
export class Packets {
  readonly #device: Uint8Array
  readonly #to: Uint8Array
  readonly #target: Uint8Array

  constructor(device: Uint8Array, port: number) {
    this.#device = device
    this.#to = b4a.from([127, 0, 0, 1, port & 255, port >> 8])
    this.#target = crypto.hash(device)
  }

  /** The first half of a handshake. */
  knock(keyPair: KeyPair): Uint8Array {
    const handshake = new NoiseWrap(keyPair, this.#device)
    return this.handshake(handshake.send(NOISE_PAYLOAD))
  }

  handshake(noise: Uint8Array): Uint8Array {
    return this.request(0, join(b4a.from([0, 0]), c.encode(c.buffer, noise as any)))
  }

  /** Goes on with a handshake that was never begun. */
  holepunch(id: number): Uint8Array {
    const payload = c.encode(c.buffer, crypto.randomBytes(80) as any)
    return this.request(1, join(b4a.from([0, 0]), uint(id), payload))
  }

  /** As dht-rpc encodes it: version, flags (a target and a value), its number, the receiver. */
  request(command: number, value: Uint8Array): Uint8Array {
    const head = join(b4a.from([3, 8 | 16]), crypto.randomBytes(2), this.#to, uint(command))
    return join(head, this.#target, c.encode(c.buffer, value as any))
  }
}
