import test from 'brittle'
import type { Device } from '../../core/device.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { shoot } from '../helpers/films/camera.ts'
import { createCircle, createDevice, dirOf } from '../helpers/devices/device.ts'

test('a device that was let in films before the journals that say so have come', async (t) => {
  const { devices } = await createCircle(t, 2, ['contact'])
  const dir = dirOf(devices[1]!)
  for (const device of devices) await device.close()
  await fs.promises.rm(path.join(dir, 'store'), { recursive: true })
  const alone = await createDevice(t, { dir })
  const exchange = alone.circle()
  t.is(exchange.circle.roster.find(alone.key), null, 'it knows of no member, itself included')
  const film = alone.film(exchange)
  await shoot(film, 6)
  await film.stop('stopped')
  const { replica } = alone.find(film.parts[0]!.key)
  t.ok(replica.sealed)
  await alone.close()
})

test('a keeper, and a device that was cut off, are told why they may not film', async (t) => {
  const { devices, exchanges } = await createCircle(t, 3, ['keeper', 'contact'])
  const [organiser, keeper, lost] = devices as [Device, Device, Device]
  await t.exception(async () => keeper.film(exchanges[1]!), /only keeps copies/)
  await lost.trust.revoke(exchanges[2]!, lost.key, 'it is not with me any more')
  await t.exception(async () => lost.film(exchanges[2]!), /cut off.*temoin reinstate/)
  for (const device of [organiser, keeper, lost]) await device.close()
})
