// Strangers at the door of a real invite, on real sockets: with and without its secret.

import b4a from 'b4a'
import test, { configure } from 'brittle'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import { candidateKeyPair, inviterKeyPair } from '../../../core/circle/pairing/invite-keys.ts'
import { MAX_SEATS } from '../../../core/circle/pairing/seats.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import type { Device } from '../../../core/device.ts'
import { createDevice } from '../../helpers/devices/device.ts'
import { eventually } from '../../helpers/eventually.ts'

configure({ timeout: 300_000 })

const TERMS = { role: 'contact', uses: 3, expiresInMs: 600_000 } as const

test('hundreds who connect and say nothing keep no honest candidate out', async (t) => {
  const organiser = await createDevice(t)
  const circle = await organiser.createCircle('march')
  const host = await organiser.invite({ circle, ...TERMS })
  const [attacker, phone] = await Promise.all([createDevice(t), createDevice(t)])
  const { secret, addresses } = host.invite
  const door = inviterKeyPair(secret).publicKey
  const streams: NoiseSecretStream[] = []
  for (let i = 0; i < 3 * MAX_SEATS; i++) {
    const pair = i % 2 ? candidateKeyPair(secret) : new DeviceKeys(randomBytes(32)).noise
    streams.push(quietly(attacker.network!.connect(door, pair, addresses)))
  }
  const joined = await phone.join(host.url)
  await eventually(() => joined.circle.roster.active(phone.key) !== null)
  t.is(circle.circle.roster.members.length, 2)
  for (const stream of streams) stream.destroy()
})

test('a message far longer than a request is cut off before it has come in', async (t) => {
  const organiser = await createDevice(t)
  const circle = await organiser.createCircle('march')
  const host = await organiser.invite({ circle, ...TERMS })
  const attacker = await createDevice(t)
  const streams = await Promise.all([1, 2, 3].map(() => knock(attacker, host.invite)))
  for (const stream of streams) {
    stream.write(b4a.alloc(16 * 1024 * 1024 - 100))
    await eventually(() => stream.destroyed)
    t.ok(stream.rawStream.bytesTransmitted! < 4 * 1024 * 1024, 'most of it never left')
  }
  const phone = await createDevice(t)
  t.ok(await phone.join(host.url))
})

/** A busy machine can miss a dial. */
async function knock(
  attacker: Device,
  { secret, addresses }: { secret: Uint8Array; addresses: { host: string; port: number }[] }
): Promise<NoiseSecretStream> {
  const door = inviterKeyPair(secret).publicKey
  const pair = candidateKeyPair(secret)
  for (;;) {
    const stream = quietly(attacker.network!.connect(door, pair, addresses))
    if (await stream.opened) return stream
  }
}

function quietly(stream: NoiseSecretStream): NoiseSecretStream {
  stream.on('error', () => {})
  return stream
}
