// Circles: founding one.

import z32 from 'z32'
import { MAX_NAME_BYTES } from '../../../limits.ts'
import type { Host } from '../host.ts'
import type { Group } from './handlers.ts'

export function circleCalls(host: Host): Group<'circle'> {
  return {
    'circle.create': async (given) => {
      const { device, circles } = host.current
      const exchange = await device.createCircle(given.text('name', MAX_NAME_BYTES).trim())
      circles.showNow()
      return { circle: z32.encode(exchange.circle.id) }
    }
  }
}
