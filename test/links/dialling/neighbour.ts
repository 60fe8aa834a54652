// A device in a process of its own, which a test can stop and let go on: links with the one it is told of.

import b4a from 'b4a'
import process from '#process'
import crypto from 'hypercore-crypto'
import { Network } from '../../../core/links/network.ts'

export interface Orders {
  /** Of its own key pair, hex. */
  seed: string
  /** Whom it links with, hex, and the port at 127.0.0.1. */
  device: string
  port: number
}

const { seed, device, port }: Orders = JSON.parse(process.argv.at(-1)!)
const other = b4a.from(device, 'hex') as Uint8Array
const network = new Network({
  keyPair: crypto.keyPair(b4a.from(seed, 'hex') as any),
  bootstrap: [],
  host: '127.0.0.1',
  port: 0,
  lan: false,
  admits: (who) => b4a.equals(who, other),
  addressesOf: () => [{ host: '127.0.0.1', port }],
  now: () => Date.now()
})
await network.ready()
network.setMembers([other])
