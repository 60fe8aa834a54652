import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type Hypercore from 'hypercore'
import crypto from 'hypercore-crypto'
import { NewsRounds } from '../../../../core/store/hypercore/news/news-rounds.ts'
import { QuietNews } from '../../../../core/store/hypercore/news/quiet-news.ts'
import { eventually } from '../../../helpers/eventually.ts'
import { wire } from '../../../helpers/devices/wire.ts'
import type { Wire } from '../../../helpers/devices/wire.ts'
import { createAuthor } from '../evil.ts'
import type { Author } from '../evil.ts'
import { Holder } from '../guarded.ts'

const COUNT = 20

test('what is new in many journals is told in fewer packets in rounds than each by itself, and all of it', async (t) => {
  const rounds = new NewsRounds()
  t.teardown(() => rounds.stop())
  const together = await chunksFor(await journalsOf(t, rounds))
  const apart = await chunksFor(await journalsOf(t, null))
  t.ok(together < apart, `${together} packets and ${apart}, answers included`)
})

test('what closes before its round comes is told all the same', async (t) => {
  const rounds = new NewsRounds()
  t.teardown(() => rounds.stop())
  const { authors, news, others } = await journalsOf(t, rounds)
  for (const i of [0, 1]) {
    await authors[i]!.append(b4a.from('entry'))
    news[i]!.check()
  }
  rounds.stop() // so that its round never comes
  news[1]!.close()
  await eventually(() => others[1]!.peers[0]!.remoteLength === 1)
  t.pass()
})

interface Journals {
  authors: Author[]
  news: QuietNews[]
  /** The same cores on the other end of the wire. */
  others: Hypercore[]
  joined: Wire
}

async function journalsOf(t: Assert, rounds: NewsRounds | null): Promise<Journals> {
  const authors = await Promise.all(Array.from({ length: COUNT }, () => createAuthor(t)))
  const news = authors.map(({ core }) => new QuietNews(core.core, () => true, rounds))
  const holder = await Holder.create(t)
  const others = await Promise.all(authors.map(({ signer }) => holder.session(signer)))
  const joined = await wire(t, crypto.keyPair(), crypto.keyPair())
  for (const { core } of authors) core.core.replicator.attachTo(joined.a.mux)
  for (const other of others) other.core.replicator.attachTo(joined.b.mux)
  await eventually(() => others.every((other) => other.peers.length === 1))
  await quiet(joined)
  return { authors, news, others, joined }
}

/** Packets until the other end has heard of one entry more in each, which have come one after the other. */
async function chunksFor({ authors, news, others, joined }: Journals): Promise<number> {
  const before = joined.toB.chunks
  await Promise.all(authors.map((author) => author.append(b4a.from('entry'))))
  for (const one of news) {
    one.check()
    await new Promise<void>((resolve) => setTimeout(resolve, 1)) // what is not held back has left by then
  }
  await eventually(() => others.every((other) => other.peers[0]!.remoteLength === 1))
  return joined.toB.chunks - before
}

/** What belongs to the opening of channels has passed: nothing has for several looks in a row. */
async function quiet(joined: Wire): Promise<void> {
  let [last, looks] = [-1, 0]
  await eventually(() => {
    looks = joined.chunks === last ? looks + 1 : 0
    last = joined.chunks
    return looks >= 10
  })
}
