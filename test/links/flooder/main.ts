// A hostile device in a process of its own, so that what it costs is not counted with what it causes:
// one JSON argument says whom to flood and how, JSON lines say what came of it.

import b4a from 'b4a'
import process from '#process'
import crypto from 'hypercore-crypto'
import caps from 'hypercore/lib/caps.js'
import HyperDHT from 'hyperdht'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { ATTACKS } from './attacks.ts'
import type { AttackName } from './attacks.ts'
import { knock, throwGarbage } from './strangers.ts'

export interface Orders {
  /** Whom to flood: its key, hex, and the port it listens on at 127.0.0.1. */
  device: string
  port: number
  /** Seed of a member, hex, and what it does on its link; without it a stranger floods. */
  member?: { seed: string; attack: AttackName; circle: string; core: string }
  /** Handshakes that a stranger begins; under the key of this seed, hex, where one is given. */
  knocks?: number
  as?: string
  /** Packets a stranger throws. */
  packets?: number
}

/** A device that lets somebody in does so in a tenth of this. */
const REFUSED_AFTER_MS = 1000

const orders: Orders = JSON.parse(process.argv.at(-1)!)
const victim = { device: b4a.from(orders.device, 'hex') as Uint8Array, port: orders.port }
const dht = new HyperDHT({ bootstrap: [], host: '127.0.0.1' })

await (orders.member ? turn(orders.member) : flood())
await dht.destroy()
process.exit(0)

async function flood(): Promise<void> {
  const { knocks = 0, packets = 0, as } = orders
  await throwGarbage(dht, victim, packets)
  const keyPair = as === undefined ? null : new DeviceKeys(b4a.from(as, 'hex')).noise
  say('flooded', { answered: await knock(dht, victim, knocks, keyPair) })
}

async function turn({ seed, attack, circle, core }: Required<Orders>['member']) {
  const keys = new DeviceKeys(b4a.from(seed, 'hex'))
  const stream = link(keys)
  if (!(await stream.opened)) return say('refused')
  say('opened')
  const closed = new Promise<void>((resolve) => stream.on('close', () => resolve()))
  const key: Uint8Array = b4a.from(core, 'hex')
  const target = {
    circle: b4a.from(circle, 'hex'),
    discoveryKey: crypto.discoveryKey(key),
    capability: caps.replicate(true, key, stream.handshakeHash)
  }
  const isOver = (): boolean => stream.destroyed || stream.destroying
  const send = (frame: Uint8Array): Promise<void> => write(stream, frame)
  const isDone = await Promise.race([
    ATTACKS[attack](send, target, isOver).then(() => true),
    closed
  ])
  say(isDone ? 'done' : 'cut')
  await closed
  say('closed')
  const again = link(keys)
  setTimeout(() => again.destroy(), REFUSED_AFTER_MS)
  say('again', { opened: await again.opened })
}

function link(keys: DeviceKeys): NoiseSecretStream {
  const relayAddresses = [{ host: '127.0.0.1', port: victim.port }]
  const stream = dht.connect(victim.device, { keyPair: keys.noise, relayAddresses })
  stream.on('error', () => {})
  stream.on('data', () => {})
  return stream
}

/** As fast as the line takes it. */
async function write(stream: NoiseSecretStream, frame: Uint8Array): Promise<void> {
  if (stream.destroyed || stream.destroying || stream.write(frame)) return
  await new Promise<void>((resolve) => {
    const done = (): void => {
      stream.off('drain', done)
      stream.off('close', done)
      resolve()
    }
    stream.on('drain', done)
    stream.on('close', done)
  })
}

function say(event: string, fields: object = {}): void {
  process.stdout.write(JSON.stringify({ event, ...fields }) + '\n')
}
