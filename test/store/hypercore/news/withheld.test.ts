import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import type Hypercore from 'hypercore'
import { Withheld } from '../../../../core/store/hypercore/news/withheld.ts'
import { eventually } from '../../../helpers/eventually.ts'
import type { Wire } from '../../../helpers/devices/wire.ts'
import { createAuthor } from '../evil.ts'
import type { Author } from '../evil.ts'
import { Holder, link } from '../guarded.ts'

test('news that is told to a few at a time reaches each in turn, and all of it', async (t) => {
  const { author, withheld, others } = await circle(t, 5)
  await grow(author, 3)
  t.ok(withheld.tell(2), 'others wait')
  await eventually(() => told(others, 3).length === 2)
  await grow(author, 2) // those that have heard wait behind those that have not
  t.ok(withheld.tell(3), 'two wait again')
  await eventually(() => told(others, 5).length === 3)
  t.is(told(others, 3).length, 5, 'everybody has heard something')
  t.absent(withheld.tell(3), 'nobody waits')
  await eventually(() => told(others, 5).length === 5)
  await eventually(() => others.every(({ peers }) => peers[0]!.remoteContiguousLength === 5))
})

test('who is gone keeps nobody waiting', async (t) => {
  const { author, withheld, others, wires, core } = await circle(t, 3)
  await grow(author, 1)
  for (const one of wires.slice(0, 2)) one.cut()
  await eventually(() => core.peers.length === 1)
  t.absent(withheld.tell(1))
  await eventually(() => told(others.slice(2), 1).length === 1)
})

function told(others: Hypercore[], length: number): Hypercore[] {
  return others.filter(({ peers }) => (peers[0]?.remoteLength ?? 0) >= length)
}

async function grow(author: Author, blocks: number): Promise<void> {
  for (let i = 0; i < blocks; i++) await author.append(b4a.from('block ' + i))
}

interface Told {
  author: Author
  core: Hypercore
  withheld: Withheld
  others: Hypercore[]
  wires: Wire[]
}

/** A core that holds its news back, and those who replicate it. */
async function circle(t: Assert, size: number): Promise<Told> {
  const author = await createAuthor(t)
  const { core } = author
  const withheld = new Withheld(core.core, { holdsBack: () => true, onNews: () => {} })
  core.core.replicator.setPushOnly(true)
  const others: Hypercore[] = []
  const wires: Wire[] = []
  for (let i = 0; i < size; i++) {
    const holder = await Holder.create(t)
    const other = await holder.session(author.signer)
    others.push(other)
    wires.push(await link(t, core, other))
  }
  await eventually(
    () => core.peers.length === size && others.every((one) => one.peers.length === 1)
  )
  return { author, core, withheld, others, wires }
}
