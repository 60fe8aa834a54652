// A member that turned: links as itself, attacks until it is cut off, and tries to come back.

import b4a from 'b4a'
import crypto from 'hypercore-crypto'
import caps from 'hypercore/lib/caps.js'
import type HyperDHT from 'hyperdht'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { ATTACKS } from './attacks.ts'
import type { AttackName } from './attacks.ts'
import type { Victim } from './strangers.ts'

export interface Turned {
  /** Of the member, hex. */
  seed: string
  attack: AttackName
  /** The circle's channel, hex. */
  circle: string
  /** Key of a core that the other end has open, hex. */
  core: string
}

/** A device that lets somebody in does so in a tenth of this. */
const REFUSED_AFTER_MS = 1000

/** @param say hears `opened`, `closed`, and `again` with what came of it */
export async function turn(
  dht: HyperDHT,
  victim: Victim,
  { seed, attack, circle, core }: Turned,
  say: (event: string, fields?: object) => void
): Promise<void> {
  const keys = new DeviceKeys(b4a.from(seed, 'hex'))
  const stream = await opened(dht, victim, keys)
  say('opened')
  const closed = new Promise<void>((resolve) => stream.on('close', () => resolve()))
  const key: Uint8Array = b4a.from(core, 'hex')
  const target = {
    circle: b4a.from(circle, 'hex'),
    discoveryKey: crypto.discoveryKey(key),
    capability: caps.replicate(true, key, stream.handshakeHash)
  }
  const isOver = (): boolean => stream.destroyed || stream.destroying
  void ATTACKS[attack]((frame) => write(stream, frame), target, isOver)
  await closed
  say('closed')
  const again = link(dht, victim, keys)
  setTimeout(() => again.destroy(), REFUSED_AFTER_MS)
  say('again', { opened: await again.opened })
}

/** A busy machine can miss a dial. */
async function opened(dht: HyperDHT, victim: Victim, keys: DeviceKeys): Promise<NoiseSecretStream> {
  for (;;) {
    const stream = link(dht, victim, keys)
    if (await stream.opened) return stream
  }
}

function link(dht: HyperDHT, { device, port }: Victim, keys: DeviceKeys): NoiseSecretStream {
  const relayAddresses = [{ host: '127.0.0.1', port }]
  const stream = dht.connect(device, { keyPair: keys.noise, relayAddresses })
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
