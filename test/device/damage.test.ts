import test from 'brittle'
import type { Assert } from 'brittle'
import { Device } from '../../core/device.ts'
import type { DeviceEvents } from '../../core/device.ts'
import { fs, path } from '../../core/runtime/fs.ts'
import { shoot } from '../helpers/films/camera.ts'
import { crashCopy } from '../helpers/crashes/crash.ts'
import { createCircle, dirOf, replicaAt } from '../helpers/devices/device.ts'
import { eventually } from '../helpers/eventually.ts'
import { DAMAGES } from '../store/damage.ts'

const CASES = [
  '8 flipped bytes in the middle',
  'random bytes over the tail',
  'random bytes from the start',
  'a header that makes RocksDB loop for ever'
]

for (const damage of CASES) {
  test(`a holder that finds ${damage} says so, and fetches again what it lost`, async (t) => {
    const { devices, exchanges } = await createCircle(t, 3)
    const [author, other, holder] = devices as [Device, Device, Device]
    const film = author.film(exchanges[0]!)
    await shoot(film, 40)
    const part = film.parts[0]!
    const held = await replicaAt(holder, part.key)
    const copy = await replicaAt(other, part.key)
    await film.stop('stopped')
    await eventually(() => held.sealed && copy.sealed)
    const { length } = held

    const dir = await crashCopy(t, dirOf(holder))
    await holder.close()
    await author.close()
    const log = await largestLog(path.join(dir, 'store', 'db'))
    const { at } = await DAMAGES[damage]!(log)
    const { device, damaged } = await open(t, dir)
    t.is(damaged.length, 1, 'it says so')
    const quarantined = await fs.promises.readdir(damaged[0]!.quarantine)
    t.ok(quarantined.length > 0, 'and keeps the damaged bytes')
    t.ok(damaged[0]!.bytesLost > 0 && at >= 0)

    const again = await replicaAt(device, part.key)
    await eventually(() => again.sealed)
    t.is(again.length, length)
    await eventually(() => again.seconds === 10)
    await eventually(() => exchanges[1]!.peerOf(device.key))
  })
}

interface Opened {
  device: Device
  damaged: DeviceEvents['damaged'][0][]
}

/** Listens from the very first moment: damage is told while the store opens. */
async function open(t: Assert, dir: string): Promise<Opened> {
  const damaged: DeviceEvents['damaged'][0][] = []
  const device = new Device({ dir, bootstrap: [], host: '127.0.0.1', reserveBytes: 0 })
  device.on('damaged', (damage) => damaged.push(damage))
  t.teardown(() => device.close())
  await device.ready()
  return { device, damaged }
}

async function largestLog(db: string): Promise<string> {
  const names = (await fs.promises.readdir(db))
    .map(String)
    .filter((name) => /^\d+\.log$/.test(name))
  const logs = await Promise.all(
    names.map(async (name) => {
      const file = path.join(db, name)
      return { file, size: Number((await fs.promises.stat(file)).size) }
    })
  )
  return logs.sort((a, b) => b.size - a.size)[0]!.file
}
