import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import type { KeyPair } from 'hypercore-crypto'
import HyperDHT from 'hyperdht'
import { Network } from '../../core/links/network.ts'
import type { StreamLink } from '../../core/links/stream/stream-link.ts'
import type { Address } from '../../core/encoding/address.ts'
import { eventually } from '../helpers/eventually.ts'

test('two devices that dial each other at the same moment end with one link, the same at both', async (t) => {
  for (let round = 0; round < 5; round++) {
    const [a, b] = await neighbours(t)
    meet(a, b)
    await eventually(async () => {
      await quiet(a, b)
      return isOne(a, b)
    })
    t.pass('round ' + round)
    await Promise.all([a.network.close(), b.network.close()])
  }
})

test('a link that is lost is made anew', async (t) => {
  const [a, b] = await neighbours(t)
  meet(a, b)
  await eventually(() => isOne(a, b))
  const [old] = a.network.links as [StreamLink]
  old.stream.destroy()
  await eventually(() => a.network.links[0] !== old && isOne(a, b))
  t.pass()
})

test('a device that comes back at its old address is found again', async (t) => {
  const [a, b] = await neighbours(t)
  meet(a, b)
  await eventually(() => isOne(a, b))
  const { port } = b.network
  await b.network.close()
  await eventually(() => a.network.links.length === 0)
  const again = await station(t, { keyPair: b.keyPair, port })
  again.addresses.set(nameOf(a.keyPair.publicKey), a.network.addresses())
  again.members.add(nameOf(a.keyPair.publicKey))
  t.is(again.network.port, port)
  await eventually(() => isOne(a, again))
})

test('a stranger is turned away in the handshake, and nothing is opened for it', async (t) => {
  const [a, stranger] = await neighbours(t)
  const stream = stranger.network.connect(
    a.keyPair.publicKey,
    stranger.keyPair,
    a.network.addresses()
  )
  stream.on('error', () => {})
  t.absent(await stream.opened)
  t.alike([a.links, a.network.links.length], [0, 0])
})

test('a stranger is not let in by knowing where to knock, nor by trying again and again', async (t) => {
  const [a, stranger] = await neighbours(t)
  stranger.addresses.set(nameOf(a.keyPair.publicKey), a.network.addresses())
  stranger.members.add(nameOf(a.keyPair.publicKey))
  stranger.network.setMembers([a.keyPair.publicKey])
  for (let i = 0; i < 10; i++) {
    stranger.network.nudge(a.keyPair.publicKey)
    await settled()
  }
  const invited = await station(t)
  meet(a, invited)
  await eventually(() => isOne(a, invited))
  t.alike([a.network.links.length, stranger.network.links.length], [1, 0])
})

test('who is no member any more loses its link', async (t) => {
  const [a, b] = await neighbours(t)
  meet(a, b)
  await eventually(() => isOne(a, b))
  a.members.clear()
  a.network.setMembers([])
  await eventually(() => a.network.links.length + b.network.links.length === 0)
  b.network.nudge(a.keyPair.publicKey)
  await settled()
  t.is(a.network.links.length, 0)
})

test('a place to meet lets in the one key it is for', async (t) => {
  const [a, b] = await neighbours(t)
  const [seat, candidate] = [crypto.keyPair(), crypto.keyPair()]
  const met: Uint8Array[] = []
  const place = await a.network.listen(seat, candidate.publicKey, (stream) => {
    stream.on('error', () => {})
    met.push(stream.remotePublicKey)
  })
  const knock = (keyPair: KeyPair) => {
    const stream = b.network.connect(seat.publicKey, keyPair, a.network.addresses())
    stream.on('error', () => {})
    return stream
  }
  const wrong = knock(crypto.keyPair())
  const right = knock(candidate)
  t.ok(await right.opened)
  await eventually(() => met.length === 1)
  t.absent(wrong.connected)
  t.alike(met, [candidate.publicKey])
  wrong.destroy()
  right.destroy()
  await place.close()
})

test('a device is open, meets others and closes while no node of the DHT answers', async (t) => {
  neverGiveUp(t)
  const a = await station(t, { bootstrap: NOBODY })
  const b = await station(t, { bootstrap: NOBODY })
  const [seat, candidate] = [crypto.keyPair(), crypto.keyPair()]
  const onStream: Parameters<Network['listen']>[2] = (stream) => stream.on('error', () => {})
  const place = await a.network.listen(seat, candidate.publicKey, onStream)
  const stream = b.network.connect(seat.publicKey, candidate, a.network.addresses())
  stream.on('error', () => {})
  t.ok(await stream.opened)
  stream.destroy()
  await place.close()
  const again = await a.network.listen(seat, candidate.publicKey, onStream)
  await again.close()
  meet(a, b)
  await eventually(() => isOne(a, b))
  await a.network.close()
  t.pass('and all that before the DHT was given up')
})

test('who asks where a device is found waits until the DHT has told, or no longer than a moment', async (t) => {
  const [a] = await neighbours(t)
  const alone = await station(t, { bootstrap: NOBODY })
  await Promise.all([a.network.placed(), alone.network.placed()])
  t.pass()
})

interface Station {
  network: Network
  keyPair: KeyPair
  members: Set<string>
  addresses: Map<string, Address[]>
  /** Links that were ever opened. */
  links: number
}

/** Nothing listens there, and nothing says so. */
const NOBODY: Address[] = [{ host: '127.0.0.1', port: 1 }]

/** A DHT that does not answer is waited for without end: who waits for it is found, however slow the machine. */
function neverGiveUp(t: Assert): void {
  const dht = HyperDHT.prototype as any
  const bootstrap = dht._bootstrap
  dht._bootstrap = async function () {
    await bootstrap.call(this)
    await new Promise(() => {})
  }
  t.teardown(() => delete dht._bootstrap)
}

async function station(
  t: Assert,
  { keyPair = crypto.keyPair(), port = 0, bootstrap = [] }: Partial<StationOptions> = {}
): Promise<Station> {
  const members = new Set<string>()
  const addresses = new Map<string, Address[]>()
  const network = new Network({
    keyPair,
    bootstrap,
    host: '127.0.0.1',
    port,
    lan: true,
    admits: (device) => members.has(nameOf(device)),
    addressesOf: (device) => addresses.get(nameOf(device)) ?? [],
    now: () => Date.now()
  })
  const made: Station = { network, keyPair, members, addresses, links: 0 }
  network.on('link', () => made.links++)
  t.teardown(() => network.close())
  await network.ready()
  return made
}

interface StationOptions {
  keyPair: KeyPair
  port: number
  bootstrap: Address[]
}

async function neighbours(t: Assert): Promise<[Station, Station]> {
  return [await station(t), await station(t)]
}

/** Each learns that the other is a member, and where it is, in one moment. */
function meet(a: Station, b: Station): void {
  for (const [self, other] of [
    [a, b],
    [b, a]
  ] as const) {
    self.addresses.set(nameOf(other.keyPair.publicKey), other.network.addresses())
    self.members.add(nameOf(other.keyPair.publicKey))
  }
  a.network.setMembers([b.keyPair.publicKey])
  b.network.setMembers([a.keyPair.publicKey])
}

/** One link at each end, and both are of one connection. */
function isOne(a: Station, b: Station): boolean {
  const [left, right] = [a.network.links, b.network.links]
  if (left.length !== 1 || right.length !== 1) return false
  return b4a.equals(left[0]!.stream.handshakeHash, right[0]!.stream.handshakeHash)
}

/** Resolves once neither has opened or lost a link for a while. */
async function quiet(a: Station, b: Station): Promise<void> {
  let before = -1
  await eventually(
    () => {
      const still = a.links + b.links === before
      before = a.links + b.links
      return still
    },
    { everyMs: 200 }
  )
}

function nameOf(device: Uint8Array): string {
  return b4a.toString(device as any, 'hex')
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20))
}
