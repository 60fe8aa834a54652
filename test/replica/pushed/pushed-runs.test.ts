import b4a from 'b4a'
import test from 'brittle'
import { PushedRuns } from '../../../core/replica/pushed/pushed-runs.ts'
import type { SignedBlock } from '../../../core/recording/writer.ts'

test('blocks that arrive together are written together', async (t) => {
  const { runs, written } = disk()
  const held = await Promise.all([0, 1, 2].map((index) => runs.add(block(index))))
  t.alike(held, [true, true, true])
  t.alike(written, [[0, 1, 2]])
})

test('blocks that arrive while the disk is busy share the next write', async (t) => {
  const { runs, written, slow } = disk()
  const write = slow()
  const first = runs.add(block(0))
  await new Promise<void>((resolve) => setTimeout(resolve, 10))
  const rest = [1, 2, 3].map((index) => runs.add(block(index)))
  write()
  await Promise.all([first, ...rest])
  t.alike(written, [[0], [1, 2, 3]])
})

test('a run has no hole', async (t) => {
  const { runs, written } = disk()
  await Promise.all([0, 1, 2, 4, 5].map((index) => runs.add(block(index))))
  t.alike(written, [
    [0, 1, 2],
    [4, 5]
  ])
})

test('what the disk refuses is refused to all whose blocks were written together', async (t) => {
  const { runs } = disk(() => {
    throw new Error('no room')
  })
  const outcomes = await Promise.allSettled([0, 1].map((index) => runs.add(block(index))))
  t.alike(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected']
  )
})

test('a long backlog is written in pieces', async (t) => {
  const { runs, written } = disk()
  const big = b4a.alloc(1024 * 1024)
  await Promise.all([0, 1, 2, 3, 4].map((index) => runs.add({ ...block(index), value: big })))
  t.alike(written, [[0, 1], [2, 3], [4]])
})

test('settled waits for all that was given', async (t) => {
  const { runs, written } = disk()
  void runs.add(block(0))
  void runs.add(block(1))
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
