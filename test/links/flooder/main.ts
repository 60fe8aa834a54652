// A hostile device in a process of its own, so that what it costs is not counted with what it causes:
// one JSON argument says whom to flood and how, JSON lines say what came of it.

import b4a from 'b4a'
import process from '#process'
import HyperDHT from 'hyperdht'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { knock, throwGarbage } from './strangers.ts'
import { turn } from './turned.ts'
import type { Turned } from './turned.ts'

export interface Orders {
  /** Whom to flood: its key, hex, and the port it listens on at 127.0.0.1. */
  device: string
  port: number
  /** A member, and what it does on its link; without it a stranger floods. */
  member?: Turned
  /** Handshakes that a stranger begins; under the key of this seed, hex, where one is given. */
  knocks?: number
  as?: string
  /** Packets a stranger throws. */
  packets?: number
}

const orders: Orders = JSON.parse(process.argv.at(-1)!)
const victim = { device: b4a.from(orders.device, 'hex') as Uint8Array, port: orders.port }
const dht = new HyperDHT({ bootstrap: [], host: '127.0.0.1' })

await (orders.member ? turn(dht, victim, orders.member, say) : flood())
await dht.destroy()
process.exit(0)

async function flood(): Promise<void> {
  const { knocks = 0, packets = 0, as } = orders
  await throwGarbage(dht, victim, packets)
  const keyPair = as === undefined ? null : new DeviceKeys(b4a.from(as, 'hex')).noise
  say('flooded', { answered: await knock(dht, victim, knocks, keyPair) })
}

function say(event: string, fields: object = {}): void {
  process.stdout.write(JSON.stringify({ event, ...fields }) + '\n')
}
