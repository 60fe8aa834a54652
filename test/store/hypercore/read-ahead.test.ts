import b4a from 'b4a'
import test from 'brittle'
import type { Assert } from 'brittle'
import crypto from 'hypercore-crypto'
import { ReadAhead } from '../../../core/store/hypercore/read-ahead.ts'
import { openStore } from '../open-store.ts'

test('every block is read as it was written, in order, again, and from anywhere', async (t) => {
  const { core } = await written(t, 700)
  const blocks = new ReadAhead(core)
  const order = [...Array(700).keys(), 3, 699, 250, 251, 4]
  for (const index of order) {
    const block = await blocks.get(index)
    if (block === null || b4a.toString(block as any) !== `block ${index}`) t.fail(`block ${index}`)
  }
  t.pass()
})

test('what is appended while it reads is read as well, and nothing beyond', async (t) => {
  const { core, append } = await written(t, 300)
  const blocks = new ReadAhead(core)
  for (let index = 0; index < 300; index++) await blocks.get(index)
  t.is(await blocks.get(300), null)
  await append(300, 10)
  t.is(b4a.toString((await blocks.get(300)) as any), 'block 300')
  t.is(b4a.toString((await blocks.get(309)) as any), 'block 309')
})

async function written(t: Assert, count: number) {
  const store = await openStore(t)
  const keyPair = crypto.keyPair()
  const core = await store.core(keyPair.publicKey)
  const append = async (from: number, more: number): Promise<void> => {
    const values = Array.from({ length: more }, (_, i) => b4a.from(`block ${from + i}`))
    await core.append(values, { keyPair })
  }
  await append(0, count)
  return { core, append }
}
