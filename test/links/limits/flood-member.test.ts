// A member that turned, or broke, floods a device on its own link, while another member holds the film
// that the device is making. Real devices on the loopback, the hostile one in a process of its own.

import b4a from 'b4a'
import test from 'brittle'
import type { Device } from '../../../core/device.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { hex } from '../../../core/encoding/hex.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { DESCRIPTION, INIT, shootOn } from '../../helpers/films/camera.ts'
import { createCircle, isLinked, replicaAt } from '../../helpers/devices/device.ts'
import { eventually } from '../../helpers/eventually.ts'
import { ATTACKS } from '../flooder/attacks.ts'
import type { AttackName } from '../flooder/attacks.ts'
import type { Orders } from '../flooder/main.ts'
import { addMember } from '../flooder/member.ts'
import { watchMemory } from '../flooder/memory.ts'
import { startFlooder } from '../flooder/start.ts'

const MOST_MORE_MIB = 64

for (const attack of Object.keys(ATTACKS) as AttackName[]) {
  test(`a member that sends ${attack} is cut off and kept out, and nobody else notices`, async (t) => {
    const { devices, exchanges } = await createCircle(t, 2)
    const [device, holder] = devices as [Device, Device]
    const film = device.film(exchanges[0]!)
    await film.begin(DESCRIPTION, INIT)
    await shootOn(film, 0, 4, 80_000)
    const held = await replicaAt(holder, film.parts[0]!.key)
    const caught: { reason: Error; outMs: number; atMs: number }[] = []
    device.on('misuse', (misuse) => caught.push({ ...misuse, atMs: Date.now() }))

    const memory = watchMemory(t)
    const flooder = startFlooder(t, await orders(device, exchanges[0]!, attack))
    await flooder.said('opened')
    for (let i = 4; !(await isCut()); i++) await shootOn(film, i, i + 1, 80_000)
    async function isCut(): Promise<boolean> {
      await new Promise<void>((resolve) => setTimeout(resolve, 50))
      return caught.length > 0
    }
    const again = await flooder.said('again')
    const { reason, outMs, atMs } = caught[0]!
    const isTooLate = Date.now() - atMs > outMs // a busy machine may tell it late that it is cut off
    t.ok(!again.opened || isTooLate, 'it is not let in again to repeat it')
    t.is(caught.length, 1, 'told once, and of nobody else')
    t.ok(memory.more() < MOST_MORE_MIB, `${reason.message}; ${memory.more().toFixed(1)} MiB more`)

    await film.stop('stopped')
    await eventually(() => held.sealed && held.length === film.parts[0]!.end)
    // Its link may have made way for a newer one: where two that have just met dialled each other, or
    // where a busy machine was silent for seconds.
    await eventually(() => isLinked(exchanges[0]!, holder.key))
  })
}

/** Makes a member that is nobody yet, and says how it is to behave. */
async function orders(device: Device, exchange: Exchange, attack: AttackName): Promise<Orders> {
  const { circle } = exchange
  const seed = randomBytes(32)
  await addMember(exchange, b4a.from(seed))
  const core = hex(circle.journals[0]!.key)
  const member = { seed: hex(seed), attack, circle: hex(circle.channel), core }
  return { device: hex(device.key), port: device.network!.port, member }
}
