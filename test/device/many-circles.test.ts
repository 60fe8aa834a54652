import test from 'brittle'
import process from '#process'
import { createDevice } from '../helpers/devices/device.ts'

test('a device in many circles is no reason for a warning', async (t) => {
  const warnings: string[] = []
  const onWarning = (warning: unknown): void => void warnings.push(String(warning))
  process.on('warning', onWarning)
  t.teardown(() => process.off('warning', onWarning))
  const device = await createDevice(t, { name: 'relay' })
  for (let i = 0; i < 12; i++) await device.createCircle(`circle ${i}`)
  await new Promise((resolve) => setImmediate(resolve)) // they are told of in the next turn
  t.alike(warnings, [])
})
