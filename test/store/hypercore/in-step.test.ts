import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type { CorePeer } from 'hypercore'
import { Withheld } from '../../../core/store/hypercore/news/withheld.ts'
import { askForNews, stayInStep } from '../../../core/store/hypercore/in-step.ts'
import { eventually } from '../../helpers/eventually.ts'
import { createAuthor } from './evil.ts'
import { Holder, link } from './guarded.ts'

test('news that crossed and was never told again is told, and fetching goes on', async (t) => {
  let swallow: ReturnType<typeof swallowNews> | null = null
  const { copy, append } = await joined(t, (one) => (swallow = swallowNews(one)))
  const peer = await eventually(() => copy.peers.find(({ remoteLength }) => remoteLength === 1))
  copy.download({ start: 0, end: -1 })
  await eventually(() => copy.contiguousLength === 1)
  await append(b4a.from('second'))
  await eventually(() => peer!.remoteLength === 2)
  t.is(copy.length, 1, 'it does not ask: the other end knows of nothing here')
  swallow!.stop()
  stayInStep(copy.core)
  await eventually(() => copy.contiguousLength === 2)
})

test('who has as much is told once, for it has nothing to answer', async (t) => {
  const { copy } = await joined(t)
  const peer = await eventually(() => copy.peers.find(({ remoteLength }) => remoteLength === 1))
  copy.download({ start: 0, end: -1 })
  await eventually(() => copy.contiguousLength === 1)
  const swallow = swallowNews(peer!)
  peer!.lengthAcked = 0 // what it said last, before we had anything
  for (let i = 0; i < 5; i++) stayInStep(copy.core)
  t.is(swallow.count, 1)
})

test('who has less is told nothing by it', async (t) => {
  const { source } = await joined(t)
  const peer = await eventually(() => source.peers.find(({ remoteOpened }) => remoteOpened))
  const swallow = swallowNews(peer!)
  stayInStep(source.core)
  t.is(swallow.count, 0)
})

test('who asks is told, whatever is kept back from it', async (t) => {
  const { source, copy, append } = await joined(t)
  await eventually(() => copy.peers.find(({ remoteLength }) => remoteLength === 1))
  await copy.get(0)
  await eventually(() => source.peers[0]!.remoteLength === 1)
  new Withheld(source.core, { holdsBack: () => true, onNews: () => {} })
  await append(b4a.from('second'))
  t.is(copy.peers[0]!.remoteLength, 1)
  askForNews(copy.core)
  await eventually(() => copy.peers[0]!.remoteLength === 2)
})

/**
 * A core of one block, and an empty copy of it at the other end of a link.
 * @param onPeer is given the source as the copy's peer, before anything is said
 */
async function joined(t: Assert, onPeer: (peer: CorePeer) => void = () => {}) {
  const { core: source, signer, append } = await createAuthor(t)
  await append(b4a.from('first'))
  const holder = await Holder.create(t)
  const copy = await holder.session(signer)
  copy.on('peer-add', onPeer as never)
  await link(t, source, copy)
  return { source, copy, append }
}

/** What Hypercore would say of our length goes nowhere, as where news crosses. */
function swallowNews(peer: CorePeer): { readonly count: number; stop(): void } {
  const sendSync = peer.sendSync.bind(peer)
  let count = 0
  peer.sendSync = () => void count++
  return {
    get count() {
      return count
    },
    stop() {
      peer.sendSync = sendSync
    }
  }
}
