import test from 'brittle'
import { pump, type Frames } from '../../../../../mobile/ui/state/film/capture/pump.ts'
import { eventually } from '../../../../helpers/eventually.ts'

test('Frames are taken in their order, until nobody wants them', async (t) => {
  const source = createSource()
  const taken: number[] = []
  const stop = pump(source.frames, {
    take: (frame) => {
      taken.push(frame.n)
      frame.close()
    },
    onFailed: () => t.fail('nothing failed')
  })
  source.give(1)
  source.give(2)
  await eventually(() => taken.length === 2)
  stop()
  const late = source.give(3)
  await eventually(() => late.closed)
  t.alike(taken, [1, 2])
})

test('A frame that cannot be taken is closed, and said; no other is read', async (t) => {
  const source = createSource()
  const failures: unknown[] = []
  pump(source.frames, {
    take: () => {
      throw new Error('no encoder')
    },
    onFailed: (err) => failures.push(err)
  })
  const frame = source.give(1)
  await eventually(() => failures.length === 1)
  t.ok(frame.closed)
  t.is(String(failures[0]), 'Error: no encoder')
  t.ok(source.cancelled)
})

test('A stream that breaks is said, unless it was left before', async (t) => {
  const failures: unknown[] = []
  const take = (): void => {}
  const [broken, left] = [createSource(), createSource()]
  const onFailed = (err: unknown): void => void failures.push(err)
  pump(broken.frames, { take, onFailed })
  const stop = pump(left.frames, { take, onFailed })
  stop()
  left.fail(new Error('left'))
  broken.fail(new Error('broken'))
  await eventually(() => failures.length > 0)
  t.alike(failures.map(String), ['Error: broken'])
})

interface Numbered {
  n: number
  closed: boolean
  close(): void
}

/** A camera in the hand of the test. */
function createSource() {
  const waiting: ((given: Promise<{ done: boolean; value?: Numbered }>) => void)[] = []
  const given: Promise<{ done: boolean; value?: Numbered }>[] = []
  const put = (next: Promise<{ done: boolean; value?: Numbered }>): void => {
    next.catch(() => {})
    const reader = waiting.shift()
    if (reader) reader(next)
    else given.push(next)
  }
  const source = {
    cancelled: false,
    give(n: number): Numbered {
      const frame = { n, closed: false, close: () => void (frame.closed = true) }
      put(Promise.resolve({ done: false, value: frame }))
      return frame
    },
    fail: (err: Error) => put(Promise.reject(err)),
    frames: {
      getReader: () => ({
        read: () => given.shift() ?? new Promise((resolve) => waiting.push(resolve)),
        cancel: async () => void (source.cancelled = true)
      })
    } as Frames<Numbered>
  }
  return source
}
