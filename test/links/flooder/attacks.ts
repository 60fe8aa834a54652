// What a member that turned, or broke, can send on its link. Each goes on until it is done or cut off.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import { hello } from '../../../core/encoding/control.ts'
import { encode } from '../../../core/encoding/wire.ts'
import { batch, message, nested, open, join, uint } from './frames.ts'

export interface Target {
  /** Channel of the circle that both are in. */
  circle: Uint8Array
  /** A core that the other end has open, and what shows that we know its key. */
  discoveryKey: Uint8Array
  capability: Uint8Array
}

export type Send = (frame: Uint8Array) => Promise<void>
type Attack = (send: Send, target: Target, isOver: () => boolean) => Promise<void>

const CONTROL = 'temoin/control/1'
const CORE = 'hypercore/alpha'
const HELLO = { wallMs: Date.now(), heads: [], peers: [], room: 'open' as const }
/** The largest frame that secret-stream can say the length of. */
const LARGEST = 2 ** 24 - 1 - 17

export const ATTACKS = {
  'channels by the hundred thousand': async (send) => {
    for (let i = 1; i <= 100_000; i++) await send(open(i, CORE, crypto.randomBytes(32)))
  },
  'channels nobody knows, left half open': async (send) => {
    for (let i = 1; i <= 100_000; i++) {
      await send(open(i, 'what/' + i, crypto.randomBytes(32)))
      await send(message(i, 0, crypto.randomBytes(64)))
    }
  },
  'names of channels without end': async (send) => {
    for (let i = 1; i <= 20; i++) await send(open(i, 'a'.repeat(4_000_000), b4a.alloc(4_000_000)))
  },
  'frames of 16 MiB': async (send, { circle }) => {
    await send(open(1, CONTROL, circle))
    for (let i = 0; i < 20; i++) await send(join(uint(1), uint(77), b4a.alloc(LARGEST - 2)))
  },
  'garbage on the control channel': async (send, { circle }) => {
    await send(open(1, CONTROL, circle))
    for (let i = 0; i < 10_000; i++) await send(message(1, i % 7, crypto.randomBytes(300)))
  },
  'garbage on the channel of a core': async (send, { circle, discoveryKey, capability }) => {
    await send(open(1, CONTROL, circle))
    await send(message(1, 0, encode(hello, HELLO))) // only then are cores opened
    await pause(300)
    await send(open(2, CORE, discoveryKey, join(uint(1), capability)))
    for (let i = 0; i < 4000; i++) await send(message(2, i % 10, crypto.randomBytes(60_000)))
  },
  'kinds of messages nobody knows': async (send, { circle }) => {
    await send(open(1, CONTROL, circle))
    for (let i = 0; i < 4000; i++) await send(message(1, 99, crypto.randomBytes(60_000)))
  },
  'messages for channels that are not': async (send) => {
    for (let i = 0; i < 4000; i++) await send(message(5000, 0, crypto.randomBytes(60_000)))
  },
  'batches within batches': (send) => send(nested(20_000)),
  'tiny messages by the million': async (send, { circle }) => {
    await send(open(1, CONTROL, circle))
    for (let i = 0; i < 20; i++) await send(batch(1, 500_000, 99))
  },
  'empty frames by the million': async (send, _, isOver) => {
    for (let i = 0; i < 2_000_000 && !isOver(); i++) {
      await send(b4a.alloc(0))
      if (i % 1000 === 0) await pause(1)
    }
  }
} satisfies Record<string, Attack>

export type AttackName = keyof typeof ATTACKS

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
