// Strangers, who know a device's key and its address and nothing else, flood its port.

import b4a from 'b4a'
import test from 'brittle'
import type { Device } from '../../../core/device.ts'
import { hex } from '../../../core/encoding/hex.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { DESCRIPTION, INIT, shootOn } from '../../helpers/films/camera.ts'
import {
  createCircle,
  createDevice,
  isLinked,
  letIn,
  replicaAt
} from '../../helpers/devices/device.ts'
import { eventually } from '../../helpers/eventually.ts'
import { addMember } from '../flooder/member.ts'
import { watchMemory } from '../flooder/memory.ts'
import { startFlooder } from '../flooder/start.ts'

const MOST_MORE_MIB = 10

test('a thousand strangers and garbage take no memory, and not one is answered', async (t) => {
  const { devices } = await createCircle(t, 1)
  const [device] = devices as [Device]
  const flood = { ...whereIs(device), knocks: 1000, packets: 10_000 }
  await startFlooder(t, flood).said('flooded') // the heap grows to what such a load wants, once
  const memory = watchMemory(t)
  t.is((await startFlooder(t, flood).said('flooded')).answered, 0)
  t.ok(memory.more() < MOST_MORE_MIB, `${memory.more().toFixed(1)} MiB more memory`)
  t.is(device.network!.links.length, 0)
})

test('a film goes on while strangers flood the port', async (t) => {
  const { devices, exchanges } = await createCircle(t, 2)
  const [device, holder] = devices as [Device, Device]
  const film = device.film(exchanges[0]!)
  await film.begin(DESCRIPTION, INIT)
  const flooder = startFlooder(t, { ...whereIs(device), knocks: 1000, packets: 10_000 })
  for (let i = 0; !flooder.over(); i++) {
    await shootOn(film, i, i + 1, 20_000)
    await new Promise<void>((resolve) => setTimeout(resolve, 50))
  }
  const held = await replicaAt(holder, film.parts[0]!.key)
  await film.stop('stopped')
  await eventually(() => held.sealed && held.length === film.parts[0]!.end)
  await eventually(() => isLinked(exchanges[0]!, holder.key) && device.network!.links.length === 1)
})

test('what a stranger is not answered, a member is', async (t) => {
  const { devices, exchanges } = await createCircle(t, 1)
  const [device] = devices as [Device]
  const seed = randomBytes(32)
  const as = hex(seed)
  const ask = (): Promise<{ answered?: number }> =>
    startFlooder(t, { ...whereIs(device), knocks: 1, as }).said('flooded')
  t.is((await ask()).answered, 0)
  await addMember(exchanges[0]!, b4a.from(seed))
  await eventually(async () => (await ask()).answered! > 0) // a busy machine answers late
})

test('a member links while strangers flood the port', async (t) => {
  const { devices, exchanges } = await createCircle(t, 1)
  const [device] = devices as [Device]
  const endless = { knocks: 4_000_000, packets: 40_000_000 } // it ends with the test
  const flooder = startFlooder(t, { ...whereIs(device), ...endless })
  const member = await createDevice(t)
  await letIn(device, member, exchanges[0]!)
  await eventually(() => isLinked(exchanges[0]!, member.key))
  t.absent(flooder.over(), 'they were still at it')
})

function whereIs(device: Device): { device: string; port: number } {
  return { device: hex(device.key), port: device.network!.port }
}
