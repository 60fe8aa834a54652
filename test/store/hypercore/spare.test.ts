import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type Hypercore from 'hypercore'
import type Protomux from 'protomux'
import crypto from 'hypercore-crypto'
import { spare } from '../../../core/store/hypercore/spare.ts'
import { eventually } from '../../helpers/eventually.ts'
import { wire } from '../../helpers/devices/wire.ts'
import { createAuthor } from './evil.ts'
import { attach, Holder, link } from './guarded.ts'

const BLOCKS = 30

test('who is spared is asked for nothing while others give', async (t) => {
  const { holder, author, other, start, asked } = await threesome(t)
  spare(holder.core, [author])
  start()
  await eventually(() => holder.contiguousLength === BLOCKS)
  t.alike(asked, { author: 0, other: BLOCKS })
  t.ok(other)
})

test('who is not spared any more is asked at once', async (t) => {
  const { holder, author, other, start, asked } = await threesome(t)
  spare(holder.core, [author, other])
  start()
  await eventually(() => holder.peers.filter((peer) => peer.remoteLength === BLOCKS).length === 2)
  t.is(holder.length, 0, 'what the spared announce is heard all the same')
  spare(holder.core, [other])
  await eventually(() => holder.contiguousLength === BLOCKS)
  t.alike(asked, { author: BLOCKS, other: 0 })
})

interface Threesome {
  holder: Hypercore
  /** The holder's ends of its links. */
  author: Protomux
  other: Protomux
  /** Lets them replicate. */
  start: () => void
  asked: { author: number; other: number }
}

/** A holder that could ask an author or another holder for the same blocks. */
async function threesome(t: Assert): Promise<Threesome> {
  const { core: source, signer, append } = await createAuthor(t)
  await append(...Array.from({ length: BLOCKS }, (_, i) => b4a.from('block ' + i)))
  const copy = await (await Holder.create(t)).session(signer)
  const between = await link(t, source, copy)
  await eventually(() => copy.contiguousLength === BLOCKS)
  between.cut()
  const holder = await (await Holder.create(t)).session(signer)
  const asked = { author: 0, other: 0 }
  source.on('upload', () => asked.author++)
  copy.on('upload', () => asked.other++)
  const first = await wire(t, crypto.keyPair(), crypto.keyPair())
  const second = await wire(t, crypto.keyPair(), crypto.keyPair())
  const start = (): void => {
    attach(first, source, holder)
    attach(second, copy, holder)
  }
  return { holder, author: first.b.mux, other: second.b.mux, start, asked }
}
