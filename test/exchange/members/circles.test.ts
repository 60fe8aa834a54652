import test from 'brittle'
import { freshCircle } from '../../../core/encoding/memory/device-state.ts'
import { DeviceKeys } from '../../../core/identity/device-keys.ts'
import { randomBytes } from '../../../core/identity/hash.ts'
import { Circles } from '../../../core/exchange/members/circles.ts'
import type { Exchange } from '../../../core/exchange/exchange.ts'
import { EvidenceStore } from '../../../core/store/evidence-store.ts'
import { leaks } from '../../helpers/leaks.ts'

test('where one circle cannot be opened, those that were are closed again', async (t) => {
  leaks(t)
  const store = new EvidenceStore({ dir: await t.tmp() })
  await store.ready()
  const states = ['one', 'two', 'three'].map((name) =>
    freshCircle({
      ...{ id: randomBytes(32), name, secret: { whole: true, bytes: randomBytes(32) } },
      members: [randomBytes(32)] // else it is taken for a founding that was cut short
    })
  )
  const circles = new Circles({
    ...{ store, states, keys: new DeviceKeys(randomBytes(32)) },
    ...{ save: () => Promise.resolve(), addresses: () => [], isFull: () => false, now: Date.now }
  })
  const opened: Exchange[] = []
  circles.on('members', () => {
    opened.push(...circles.all.slice(opened.length))
    if (opened.length === 2) throw new Error('No third one')
  })
  await t.exception(circles.ready(), /No third one/)
  t.is(opened.length, 2)
  for (const exchange of opened) t.ok(exchange.closed && exchange.circle.closed)
  await circles.close()
  await store.close()
})
