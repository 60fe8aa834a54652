// What anybody can send to the port of a device, knowing its key and its address and nothing else.

import type HyperDHT from 'hyperdht'
import crypto from 'hypercore-crypto'
import { handshakeRequest, holepunchRequest } from './frames.ts'

export interface Victim {
  device: Uint8Array
  port: number
}

const AT_ONCE = 50
const PACKETS_AT_ONCE = 200

/** Tries to link, each time under another key. @returns how many times it was let in */
export async function knock(dht: HyperDHT, victim: Victim, count: number): Promise<number> {
  let left = count
  let opened = 0
  const one = async (): Promise<void> => {
    while (left-- > 0) if (await isLetIn(dht, victim)) opened++
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return opened
}

async function isLetIn(dht: HyperDHT, { device, port }: Victim): Promise<boolean> {
  const relayAddresses = [{ host: '127.0.0.1', port }]
  const stream = dht.connect(device, { keyPair: crypto.keyPair(), relayAddresses })
  stream.on('error', () => {})
  const timer = setTimeout(() => stream.destroy(), 5000)
  const opened = await stream.opened
  clearTimeout(timer)
  stream.destroy()
  return opened
}

/** Throws `count` packets at the port: noise, handshakes of noise, holes to punch for nobody. */
export async function throwGarbage(
  dht: HyperDHT,
  { device, port }: Victim,
  count: number
): Promise<void> {
  const socket = (dht as any).udx.createSocket()
  socket.bind(0, '127.0.0.1')
  const kinds = [
    (i: number) => crypto.randomBytes(1 + (i % 1200)),
    () => handshakeRequest(device, port, crypto.randomBytes(64)),
    (i: number) => handshakeRequest(device, port, crypto.randomBytes(i % 300)),
    (i: number) => holepunchRequest(device, port, i % 1000)
  ]
  for (let i = 0; i < count; i++) {
    socket.trySend(kinds[i % kinds.length]!(i), port, '127.0.0.1')
    if (i % PACKETS_AT_ONCE === 0) await new Promise<void>((resolve) => setTimeout(resolve, 5))
  }
  await socket.close()
}
