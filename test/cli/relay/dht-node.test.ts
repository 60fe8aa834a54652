// `temoin-relay run --dht-node`: a relay that is a node of the DHT for others, as processes of their own.

import test, { configure } from 'brittle'
import { decodeInvite, encodeInvite } from '../../../core/encoding/pairing/invite.ts'
import { path } from '../../../core/runtime/fs.ts'
import { aPort } from '../../helpers/a-port.ts'
import { temoin } from '../../helpers/cli/cli.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import { createCliRelay, startRelay } from '../../helpers/cli/relay.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('devices find each other by the DHT node of a relay, and by no address', async (t) => {
  const { dir, circle, devices } = await createCliCircle(t, [])
  const { storage } = devices[0]!
  const relay = await createCliRelay(t, devices[0]!, dir)
  const node = `127.0.0.1:${aPort()}`
  const { relaying } = await startRelay(t, relay, ['--dht-node', node])
  const { port } = await relaying.waitFor('dht-node')
  t.is(`127.0.0.1:${port}`, node)
  const network = ['--bind', '127.0.0.1', '--bootstrap', node]
  const host = temoin(t, ['invite'], { storage, network })
  const { url } = await host.waitFor('invite')
  const nowhere = encodeInvite({ ...decodeInvite(url), addresses: [] })
  const candidate = temoin(t, ['join', nowhere], { storage: path.join(dir, 'member'), network })
  const joined = await candidate.waitFor('joined')
  t.is(joined.circle, circle)
  t.is((await host.ended).code, 0)
})

test('a DHT node whose port is taken is one sentence, and the relay does not run', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const relay = await createCliRelay(t, devices[0]!, dir)
  const words = ['relay', 'run', '--status-port', 'off', '--keep-free', '100M', '--dht-node']
  const node = `127.0.0.1:${aPort()}`
  await startRelay(t, await createCliRelay(t, devices[0]!, dir, 'first'), ['--dht-node', node])
  const late = temoin(t, [...words, node], relay)
  const error = await late.waitFor('error')
  t.ok(error.message.includes('--dht-node'), error.message)
  t.not((await late.ended).code, 0)
})
