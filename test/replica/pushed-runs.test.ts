import b4a from 'b4a'
import test from 'brittle'
import { PushedRuns } from '../../core/replica/pushed-runs.ts'
import type { SignedBlock } from '../../core/recording/writer.ts'

const ANNE = b4a.alloc(32, 1)
const BEA = b4a.alloc(32, 2)

test('blocks that arrive together are written together', async (t) => {
  const { runs, written } = disk()
  const held = await Promise.all([0, 1, 2].map((index) => runs.add(block(index), ANNE)))
  t.alike(held, [true, true, true])
  t.alike(written, [[0, 1, 2]])
})

test('blocks that arrive while the disk is busy share the next write', async (t) => {
  const { runs, written, slow } = disk()
  const write = slow()
  const first = runs.add(block(0), ANNE)
  await new Promise<void>((resolve) => setTimeout(resolve, 10))
  const rest = [1, 2, 3].map((index) => runs.add(block(index), ANNE))
  write()
  await Promise.all([first, ...rest])
  t.alike(written, [[0], [1, 2, 3]])
})

test('a run has no hole and one sender', async (t) => {
  const { runs, written } = disk()
  const senders = [ANNE, ANNE, BEA, BEA, ANNE]
  const indexes = [0, 1, 2, 4, 5]
  await Promise.all(indexes.map((index, i) => runs.add(block(index), senders[i]!)))
  t.alike(written, [[0, 1], [2], [4], [5]])
})

test('a block that is not the author’s costs only itself', async (t) => {
  const { runs, written } = disk((run) => {
    if (run.some(({ index }) => index === 1)) throw new Error('not the author’s')
  })
  const outcomes = await Promise.allSettled([0, 1, 2].map((index) => runs.add(block(index), ANNE)))
  t.alike(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'rejected', 'fulfilled']
  )
  t.alike(written, [[0], [2]])
})

test('a long backlog is written in pieces', async (t) => {
  const { runs, written } = disk()
  const big = b4a.alloc(1024 * 1024)
  await Promise.all([0, 1, 2, 3, 4].map((index) => runs.add({ ...block(index), value: big }, ANNE)))
  t.alike(written, [[0, 1], [2, 3], [4]])
})

test('settled waits for all that was given', async (t) => {
  const { runs, written } = disk()
  void runs.add(block(0), ANNE)
  void runs.add(block(1), BEA)
  await runs.settled()
  t.is(written.flat().length, 2)
})

/** Notes what is written; refuses what `check` throws at. */
function disk(check: (run: SignedBlock[]) => void = () => {}) {
  const written: number[][] = []
  let busy: Promise<void> = Promise.resolve()
  const slow = (): (() => void) => {
    let done = (): void => {}
    busy = new Promise((resolve) => (done = resolve))
    return done
  }
  const runs = new PushedRuns(async (run) => {
    await busy
    check(run)
    written.push(run.map(({ index }) => index))
    return true
  })
  return { runs, written, slow }
}

function block(index: number): SignedBlock {
  return { index, value: b4a.from('block ' + index), signature: b4a.alloc(64) }
}
