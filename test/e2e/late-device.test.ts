import b4a from 'b4a'
import process from '#process'
import { spawn } from '#subprocess'
import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import { hex } from '../../core/encoding/hex.ts'
import { randomBytes } from '../../core/identity/hash.ts'
import { Network } from '../../core/links/network.ts'
import type { StreamLink } from '../../core/links/stream/stream-link.ts'
import { path } from '../../core/runtime/fs.ts'
import { eventually } from '../helpers/eventually.ts'
import { root } from '../helpers/root.ts'
import type { Orders } from '../links/dialling/neighbour.ts'

const PROGRAM = path.join(root, 'dist/test/links/dialling/neighbour.js')
/** A younger link is left alone in any case. */
const FRESH_MS = 3000

test('a device whose process stood still keeps its link: it was late, and not gone', async (t) => {
  const { link, links, stop, goOn } = await linked(t)
  await eventually(() => Date.now() - link.openedAtMs > FRESH_MS)
  await answered(link)
  stop()
  const knocking = setInterval(() => knock(link), 200)
  t.teardown(() => clearInterval(knocking))
  await eventually(asksOn(link, 3))
  goOn()
  for (let i = 0; i < 10; i++) await answered(link)
  t.absent(link.closed)
  t.is(links(), 1, 'and nobody dialled anew')
})

/** A network here, whose part it is to dial a dead link anew, and one in a process of its own. */
async function linked(t: Assert) {
  const seeds = [randomBytes(32), randomBytes(32)]
  const pairs = seeds.map((seed) => ({ seed, keyPair: crypto.keyPair(seed as any) }))
  const [self, other] = pairs.sort((a, b) =>
    b4a.compare(a.keyPair.publicKey as any, b.keyPair.publicKey as any)
  ) as [(typeof pairs)[0], (typeof pairs)[0]]
  const network = new Network({
    keyPair: self.keyPair,
    bootstrap: [],
    host: '127.0.0.1',
    port: 0,
    lan: false,
    admits: (device) => b4a.equals(device, other.keyPair.publicKey),
    addressesOf: () => [],
    now: () => Date.now()
  })
  let count = 0
  network.on('link', () => count++)
  t.teardown(() => network.close())
  await network.ready()
  network.setMembers([other.keyPair.publicKey])
  const device = hex(self.keyPair.publicKey)
  const child = start(t, { seed: hex(other.seed), device, port: network.port })
  await eventually(() => network.links.length === 1)
  const [link] = network.links as [StreamLink]
  const signal = (name: string) => (): void => void child.kill(name as any)
  return { link, links: () => count, stop: signal('SIGSTOP'), goOn: signal('SIGCONT') }
}

function start(t: Assert, orders: Orders) {
  const stdio = ['ignore', 'ignore', 'inherit'] as const
  const child = spawn(process.execPath, [PROGRAM, JSON.stringify(orders)], { stdio: [...stdio] })
  t.teardown(() => void child.kill('SIGKILL' as any), { order: -1 })
  return child
}

/** Something that the other end answers: null where the link is gone. */
function knock({ mux }: StreamLink) {
  const channel = mux.createChannel({ protocol: 'test/nobody', id: randomBytes(8) } as any)
  channel?.open()
  return channel
}

/** One question, and the answer: that there is no such channel, or no such link. */
async function answered(link: StreamLink): Promise<void> {
  const channel = knock(link)
  await eventually(() => channel === null || channel.closed)
}

/** True once it was asked so often beside the stream whether the other end is there. */
function asksOn({ stream }: StreamLink, count: number): () => boolean {
  let asks = 0
  const { trySend } = stream
  stream.trySend = (message) => {
    asks++
    return trySend.call(stream, message)
  }
  return () => asks >= count
}
