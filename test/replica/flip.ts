// What a failing disk does to blocks: a bit of what the database holds is another one, and nothing is
// said; or the database has nothing where it said it had something.

import b4a from 'b4a'
import type Hypercore from 'hypercore'

/** Flips one bit of a block, in the database itself. @returns the bytes that are there now */
export async function flipBit(core: Hypercore, index: number): Promise<Uint8Array> {
  const block = b4a.from((await core.get(index, { wait: false }))!)
  block[block.byteLength >> 1]! ^= 1
  await write(core, (tx) => tx.putBlock(index, block))
  return block
}

/** Takes a block out of the database, and leaves the word that it is there. */
export function removeBlock(core: Hypercore, index: number): Promise<void> {
  return write(core, (tx) => tx.deleteBlock(index))
}

async function write(core: Hypercore, change: (tx: any) => void): Promise<void> {
  const tx = (core.core.state as any).storage.write()
  change(tx)
  await tx.flush()
}
