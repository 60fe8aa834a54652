import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import HyperDHT from 'hyperdht'
import { forgetRefused } from '../../../core/links/limits/refused-handshakes.ts'
import { eventually } from '../../helpers/eventually.ts'
import { knock, throwGarbage } from '../flooder/strangers.ts'

const STRANGERS = 50

test('a handshake that is refused leaves nothing behind; stock, each does for ten seconds', async (t) => {
  const mended = await listening(t, true)
  const stock = await listening(t, false)
  for (const { dht, victim } of [mended, stock]) await knock(dht, victim, STRANGERS, null)
  await eventually(() => stock.asked() === STRANGERS && stock.kept() === STRANGERS)
  await eventually(() => mended.asked() === STRANGERS)
  await eventually(() => mended.kept() === 0)
})

test('packets of noise leave nothing behind, and harm nobody', async (t) => {
  const { dht, victim, kept, asked } = await listening(t, true)
  await throwGarbage(dht, victim, 1000)
  await knock(dht, victim, 1, null)
  await eventually(() => asked() === 1)
  await eventually(() => kept() === 0)
  t.pass()
})

/** A node that refuses everybody. */
async function listening(t: Assert, isMended: boolean) {
  const dht = new HyperDHT({ bootstrap: [], host: '127.0.0.1' })
  t.teardown(() => dht.destroy())
  const keyPair = crypto.keyPair()
  let asked = 0
  const firewall = (): boolean => ++asked > 0
  const server: any = dht.createServer({ firewall })
  if (isMended) forgetRefused(server)
  await server.listen(keyPair)
  const victim = { device: keyPair.publicKey, port: dht.localAddress()!.port }
  const kept = (): number => Math.max(server._connects.size, server._holepunches.length)
  return { dht, victim, asked: () => asked, kept }
}
