import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import caps from 'hypercore/lib/caps.js'
import { hello } from '../../../core/encoding/control.ts'
import { encode } from '../../../core/encoding/wire.ts'
import { shoot } from '../../helpers/films/camera.ts'
import { eventually } from '../../helpers/eventually.ts'
import { enrolled, plug } from '../../helpers/devices/station.ts'
import { wire } from '../../helpers/devices/wire.ts'
import { join, message, open, uint } from '../flooder/frames.ts'

const REQUEST = 1
const CANCEL = 2
const CORE = 2
const BLOCK_BYTES = 80_000
const BLOCKS = 60

test('who asks for everything and takes nothing has only a few blocks read for it', async (t) => {
  const { asks, allRead, line, uploads } = await asking(t)
  line.toA.pause()
  for (let i = 0; i < 1000; i++) asks(i)
  await allRead()
  await settled()
  t.ok(uploads() < 25, `${uploads()} blocks were read`)
  line.resume()
  await eventually(() => uploads() === 1000)
  t.absent(line.b.closed)
})

test('what is cancelled while it waits is not answered', async (t) => {
  const { asks, cancels, allRead, line, uploads } = await asking(t)
  line.toA.pause()
  for (let i = 0; i < 500; i++) asks(i)
  for (let i = 100; i < 500; i++) cancels(i)
  await allRead()
  line.resume()
  await eventually(() => uploads() >= 100)
  await settled()
  t.is(uploads(), 100)
})

test('requests without end are misuse', async (t) => {
  const { asks, line } = await asking(t)
  line.toA.pause()
  for (let i = 0; i < 20_000; i++) asks(i)
  await eventually(() => line.b.closed)
  t.is((line.b.failure as Error).message, 'The other end sent requests without end')
})

/** A member that speaks to the author of a film by hand, and the channel of the film open. */
async function asking(t: Assert) {
  const [author, member] = await enrolled(t, 'contact')
  const film = author.film(t)
  await shoot(film, BLOCKS, BLOCK_BYTES)
  const line = await wire(t, member.keys.noise, author.keys.noise)
  const { stream }: any = line.a
  stream.removeAllListeners('data') // nobody answers but the test
  stream.on('data', () => {})
  plug(author, line.b)
  const sayHello = (room: 'open' | 'begun'): void => {
    const here = { wallMs: Date.now(), heads: [], peers: [], room }
    stream.write(message(1, 0, encode(hello, here)))
  }
  stream.write(open(1, 'temoin/control/1', author.circle.channel))
  sayHello('open')
  await eventually(() => author.exchange.peers.length === 1)

  const core = film.parts[0]!.core!
  let count = 0
  core.on('upload', () => count++)
  const capability = caps.replicate(true, core.key, stream.handshakeHash)
  stream.write(open(CORE, 'hypercore/alpha', core.discoveryKey, join(uint(1), capability)))
  await eventually(() => core.peers.some((peer) => peer.remoteOpened))
  const asks = (id: number): void => {
    const block = join(uint(1 + (id % BLOCKS)), uint(0))
    stream.write(message(CORE, REQUEST, join(b4a.from([1]), uint(id), uint(0), block)))
  }
  const cancels = (id: number): void => void stream.write(message(CORE, CANCEL, uint(id)))
  /** The author has read everything that was said so far. */
  const allRead = async (): Promise<void> => {
    sayHello('begun')
    await eventually(() => author.exchange.peers[0]?.room === 'begun')
  }
  return { asks, cancels, allRead, line, uploads: () => count }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 500))
}
