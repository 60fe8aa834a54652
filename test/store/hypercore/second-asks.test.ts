import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type Hypercore from 'hypercore'
import type { CorePeer } from 'hypercore'
import { askAgain, limitSecondAsks } from '../../../core/store/hypercore/second-asks.ts'
import { eventually } from '../../helpers/eventually.ts'
import { createAuthor } from './evil.ts'
import { Holder, link } from './guarded.ts'

const BLOCKS = 30
const COPIES = 3
const FOR_EVER_MS = 1e9

test(
  'a block is asked of one member, however many could give it',
  { timeout: 120_000 },
  async (t) => {
    const { copies, fresh } = await copied(t, COPIES)
    limitSecondAsks(fresh.core, () => FOR_EVER_MS) // slow as the machine may be, nobody is silent
    for (const copy of copies) mute(copy)
    for (const copy of copies) await link(t, copy, fresh)
    const all = (): boolean => fresh.peers.filter(hasAll).length === COPIES
    await eventually(() => all() && fresh.length === BLOCKS && asked(fresh) >= BLOCKS)
    const { replicator } = fresh.core
    for (const peer of replicator.peers) replicator._updateHotswap(peer) // as with each block that comes
    t.is(asked(fresh), BLOCKS)
  }
)

test(
  'what a member is asked for and does not give, another one is asked for',
  { timeout: 120_000 },
  async (t) => {
    const { copies, fresh } = await copied(t, 2)
    const [silent, other] = copies as [Hypercore, Hypercore]
    mute(silent)
    await link(t, silent, fresh)
    await eventually(() => fresh.length === BLOCKS && asked(fresh) > 0)
    await link(t, other, fresh)
    await eventually(() => {
      askAgain(fresh.core)
      return fresh.contiguousLength === BLOCKS
    })
    t.is(fresh.contiguousLength, BLOCKS)
  }
)

/** Says how many blocks there are, and gives none. */
function mute(copy: Hypercore): void {
  copy.on('peer-add', (peer) => {
    const { wireData } = peer as unknown as { wireData: { send: (data: Data) => void } }
    const send = wireData.send.bind(wireData)
    wireData.send = (data) => (data.upgrade === null ? undefined : send(data))
  })
}

function hasAll({ remoteContiguousLength }: CorePeer): boolean {
  return remoteContiguousLength === BLOCKS
}

function asked({ peers }: Hypercore): number {
  return peers.reduce((sum, { inflight }) => sum + inflight, 0)
}

interface Data {
  upgrade: object | null
}

interface Copied {
  /** Each has everything. */
  copies: Hypercore[]
  /** Has nothing, and no link. */
  fresh: Hypercore
}

async function copied(t: Assert, count: number): Promise<Copied> {
  const { core: source, signer, append } = await createAuthor(t)
  await append(...Array.from({ length: BLOCKS }, (_, i) => b4a.from('block ' + i)))
  const copies: Hypercore[] = []
  for (let i = 0; i < count; i++) {
    const copy = await (await Holder.create(t)).session(signer)
    const between = await link(t, source, copy)
    await eventually(() => copy.contiguousLength === BLOCKS)
    between.cut()
    copies.push(copy)
  }
  return { copies, fresh: await (await Holder.create(t)).session(signer) }
}
