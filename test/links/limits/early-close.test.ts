import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import c from 'compact-encoding'
import crypto from 'hypercore-crypto'
import { eventually } from '../../helpers/eventually.ts'
import { wire } from '../../helpers/devices/wire.ts'

const PROTOCOL = 'test/early-close'

test('a channel that was closed before it was looked at is opened nowhere, and its number used again', async (t) => {
  const { opened, line, pass } = await slow(t)
  open(line.a, 'first').close()
  await pass()
  t.is(opened('first'), false)
  for (const name of ['second', 'third', 'fourth']) {
    const channel = open(line.a, name)
    await pass()
    await eventually(() => channel.opened)
    channel.close()
    await eventually(() => !opened(name))
  }
  t.absent(line.a.closed || line.b.closed)
  t.is((line.a.mux as any)._local.length, 1, 'one number did for all of them')
})

test('what was said on a channel that was closed too early is forgotten with it', async (t) => {
  const { line, pass } = await slow(t)
  const channel = open(line.a, 'first')
  for (let i = 0; i < 100; i++) (channel.messages[0] as any).send(b4a.alloc(1000))
  channel.close()
  await pass()
  await eventually(() => (line.b.mux as any)._buffered === 0)
  t.absent((line.b.mux as any)._paused)
})

test('a channel that is closed early and opened again is open', async (t) => {
  const { opened, line, pass } = await slow(t)
  open(line.a, 'same').close()
  const again = open(line.a, 'same')
  await pass()
  await eventually(() => again.opened && opened('same'))
  t.absent(line.b.closed)
})

/** A line whose far end takes until `pass` to look what a channel is for, and opens it where it still can. */
async function slow(t: Assert) {
  const line = await wire(t, crypto.keyPair(), crypto.keyPair())
  const waiting: (() => void)[] = []
  line.b.mux.pair({ protocol: PROTOCOL }, async (id) => {
    await new Promise<void>((resolve) => void waiting.push(resolve))
    const isWanted = (line.b.mux as any)._get(PROTOCOL, id).incoming.length > 0
    if (isWanted) open(line.b, b4a.toString(id as any))
  })
  /** Everything that was sent has come, and is looked at. */
  const pass = async (): Promise<void> => {
    await eventually(() => waiting.length > 0)
    await turns()
    for (const look of waiting.splice(0)) look()
    await turns()
  }
  const opened = (name: string): boolean =>
    line.b.mux.opened({ protocol: PROTOCOL, id: b4a.from(name) })
  return { line, opened, pass }
}

/** So many turns of this process that a frame has gone from one of its streams to the other, however slow it is. */
async function turns(): Promise<void> {
  for (let i = 0; i < 50; i++) await new Promise((resolve) => setTimeout(resolve, 0))
}

function open({ mux }: Awaited<ReturnType<typeof wire>>['a'], name: string) {
  const channel = mux.createChannel({
    protocol: PROTOCOL,
    id: b4a.from(name),
    messages: [{ encoding: c.buffer, onmessage: () => {} }]
  } as any)!
  channel.open()
  return channel
}
