import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type NoiseSecretStream from '@hyperswarm/secret-stream'
import crypto from 'hypercore-crypto'
import { FrameGauge } from '../../../core/links/stream/whole-frames.ts'
import { Network } from '../../../core/links/network.ts'
import { eventually } from '../../helpers/eventually.ts'
import { seeded } from '../../helpers/random.ts'

test('however a stream of frames is cut into packets, what is missing of the frame is known', (t) => {
  const lengths = [0, 1, 2, 3, 255, 256, 1400, 65_536, 70_000, 0, 7]
  const bytes = b4a.concat(lengths.map(frame))
  const ends = endsOf(lengths)
  const random = seeded(7)
  for (let round = 0; round < 50; round++) {
    const gauge = new FrameGauge()
    for (let at = 0; at < bytes.byteLength;) {
      const end = Math.min(bytes.byteLength, at + 1 + random.int(3000))
      const missing = gauge.take(bytes.subarray(at, end))
      if (missing !== missingAt(end, lengths, ends)) return t.fail(`at ${end}`)
      at = end
    }
  }
  t.pass()
})

test('frames of every size arrive whole and in order, small ones behind large ones too', async (t) => {
  const [near, far] = await streams(t)
  const random = seeded(11)
  const sent = Array.from({ length: 400 }, (_, i) =>
    b4a.alloc(1 + Math.floor(random.next() ** 4 * 120_000), i % 251)
  )
  const got: Uint8Array[] = []
  far.on('data', (bytes: Uint8Array) => void got.push(b4a.from(bytes)))
  const back = new Promise((resolve) => near.once('data', resolve))
  for (const bytes of sent) near.write(bytes)
  await eventually(() => got.length === sent.length)
  t.ok(sent.every((bytes, i) => b4a.equals(bytes, got[i]!)))
  far.write(b4a.from('and back'))
  t.is(b4a.toString((await back) as Uint8Array), 'and back')
})

test('a long frame wakes the receiver a few times, not for every packet', async (t) => {
  const [near, far] = await streams(t)
  let frames = 0
  let wakings = 0
  far.on('data', () => void frames++)
  near.write(b4a.alloc(10))
  near.write(b4a.alloc(10)) // two frames in one packet: what makes UDX give up on its own
  await eventually(() => frames === 2)
  ;(far.rawStream as any).on('data', () => void wakings++)
  near.write(b4a.alloc(100_000))
  await eventually(() => frames === 3)
  t.ok(wakings <= 14, `${wakings} times for 100 kB`)
})

test('a stream that ends in the middle of a long frame ends all the same', async (t) => {
  const [near, far] = await streams(t)
  const closed = new Promise((resolve) => far.once('close', resolve))
  near.write(b4a.alloc(4_000_000))
  let packets = 0
  ;(far.rawStream as any).on('data', () => {
    if (++packets === 3) near.destroy()
  })
  await closed
  t.pass()
})

function frame(length: number): Uint8Array {
  const bytes = b4a.alloc(3 + length)
  bytes.set([length & 255, (length >> 8) & 255, length >> 16])
  return bytes
}

/** Where each frame ends in the stream. */
function endsOf(lengths: number[]): number[] {
  let at = 0
  return lengths.map((length) => (at += 3 + length))
}

function missingAt(at: number, lengths: number[], ends: number[]): number {
  const i = ends.findIndex((end) => end > at)
  if (i < 0) return 0
  const start = ends[i]! - lengths[i]!
  return at < start ? 0 : ends[i]! - at
}

/** Both ends of one connection between two devices on the loopback. */
async function streams(t: Assert): Promise<[NoiseSecretStream, NoiseSecretStream]> {
  const [caller, door] = [crypto.keyPair(), crypto.keyPair()]
  const [one, other] = [await open(t), await open(t)]
  const arrived = new Promise<NoiseSecretStream>((resolve) => {
    void other.listen(door, caller.publicKey, resolve)
  })
  const near = one.connect(door.publicKey, caller, other.addresses())
  const far = await arrived
  for (const stream of [near, far]) stream.on('error', () => {})
  await near.opened
  return [near, far]
}

async function open(t: Assert): Promise<Network> {
  const network = new Network({
    keyPair: crypto.keyPair(),
    bootstrap: [],
    host: '127.0.0.1',
    port: 0,
    lan: true,
    admits: () => false,
    addressesOf: () => [],
    now: () => Date.now()
  })
  t.teardown(() => network.close())
  await network.ready()
  return network
}
