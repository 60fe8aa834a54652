// The DHT node that a relay may be (`--dht-node`): devices that know of it, and of no address of one another,
// find each other through it.

import test from 'brittle'
import { BootstrapNode } from '../../core/links/bootstrap-node.ts'
import { aPort } from '../helpers/a-port.ts'
import { createDevice, isLinked, linkedWith } from '../helpers/devices/device.ts'
import { eventually } from '../helpers/eventually.ts'

const HOST = '127.0.0.1'

test('two devices find each other by a node of the DHT alone', async (t) => {
  const node = new BootstrapNode({ host: HOST, port: aPort() })
  t.teardown(() => node.close(), { order: 1 })
  await node.ready()
  const options = { bootstrap: [{ host: HOST, port: node.port }], lan: false }
  const organiser = await createDevice(t, { name: 'organiser', ...options })
  const member = await createDevice(t, { name: 'member', ...options })
  const circle = await organiser.createCircle('circle')
  const host = await organiser.invite({ circle, role: 'contact', uses: 1, expiresInMs: 60_000 })
  const joined = await member.join({ ...host.invite, addresses: [] }, { timeoutMs: 60_000 })
  await linkedWith(joined, 1)
  await eventually(() => isLinked(circle, member.key))
  t.pass('nobody told them where the other is')
})
