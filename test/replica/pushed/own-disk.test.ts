import b4a from 'b4a'
import test from 'brittle'
import { OwnDisk } from '../../../core/replica/pushed/own-disk.ts'
import type { SignedBlock } from '../../../core/recording/writer.ts'

for (const pushed of [true, false]) {
  test(`blocks that are filmed together are written together, pushed: ${pushed}`, async (t) => {
    const { disk, written } = createDisk({ pushed })
    await disk.add(block(0))
    await Promise.all([1, 2, 3].map((index) => disk.add(block(index))))
    t.alike(written, [[0], [1, 2, 3]])
  })
}

test('nothing is written behind a block that was refused', async (t) => {
  const { disk, written } = createDisk({ refuses: 1 })
  await disk.add(block(0))
  await t.exception(disk.add(block(1)), /refused/)
  await t.exception(disk.add(block(2)), /refused/)
  t.alike(written, [[0]])
})

test('settled waits for all that was given', async (t) => {
  const { disk, written } = createDisk({ pushed: true })
  for (const index of [0, 1]) disk.add(block(index)).catch(() => {})
  await disk.settled()
  t.is(written.flat().length, 2)
})

function createDisk({ pushed = false, refuses = -1 }: { pushed?: boolean; refuses?: number }) {
  const written: number[][] = []
  const disk = new OwnDisk({
    isPushed: () => pushed,
    write: async (run) => {
      if (run.some(({ index }) => index === refuses)) throw new Error('refused')
      written.push(run.map(({ index }) => index))
    }
  })
  return { disk, written }
}

function block(index: number): SignedBlock {
  return { index, value: b4a.from('block ' + index), signature: b4a.alloc(64) }
}
