// What anybody can send to the port of a device, knowing its key and its address and nothing else.

import type HyperDHT from 'hyperdht'
import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import { Packets } from './frames.ts'

export interface Victim {
  device: Uint8Array
  port: number
}

/** Packets in one go: more at once and the system drops them before the device sees them. */
const AT_ONCE = 50
const PAUSE_MS = 4
const COMMANDS = 12

/**
 * Begins `count` handshakes and leaves them half open.
 *
 * @param keyPair under this key; where null, each under one it has just made up
 * @returns how many of them were answered
 */
export async function knock(
  dht: HyperDHT,
  victim: Victim,
  count: number,
  keyPair: KeyPair | null
): Promise<number> {
  const packets = new Packets(victim.device, victim.port)
  return send(dht, victim, count, () => packets.knock(keyPair ?? crypto.keyPair()))
}

/** Throws `count` packets: noise, handshakes of noise, holes to punch for nobody, commands of noise. */
export async function throwGarbage(dht: HyperDHT, victim: Victim, count: number): Promise<void> {
  const packets = new Packets(victim.device, victim.port)
  const { randomBytes } = crypto
  const kinds = [
    (i: number) => randomBytes(1 + (i % 1200)),
    () => packets.handshake(randomBytes(180)),
    (i: number) => packets.handshake(randomBytes(i % 300)),
    (i: number) => packets.holepunch(i % 1000),
    (i: number) => packets.request(i % COMMANDS, randomBytes(i % 200))
  ]
  await send(dht, victim, count, (i) => kinds[i % kinds.length]!(i))
}

/** @returns how many answers came to handshakes */
async function send(
  dht: HyperDHT,
  { port }: Victim,
  count: number,
  packet: (i: number) => Uint8Array
): Promise<number> {
  const socket = (dht as any).udx.createSocket()
  let answers = 0
  socket.bind(0, '127.0.0.1')
  socket.on('message', () => answers++)
  for (let i = 0; i < count; i++) {
    socket.trySend(packet(i), port, '127.0.0.1')
    if (i % AT_ONCE === 0) await pause(PAUSE_MS)
  }
  await pause(200)
  await socket.close()
  return answers
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
