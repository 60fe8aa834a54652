// The leak check is only worth something if it finds leaks.

import test from 'brittle'
import type { Assert } from 'brittle'
import Corestore from 'corestore'
import ReadyResource from 'ready-resource'
import { fs, path } from '../../core/runtime/fs.ts'
import { leaks } from './leaks.ts'

/** A stand-in for a test, so that its teardown can fail without failing this one. */
function inner(): { t: Assert; end(): Promise<unknown> } {
  const teardowns: (() => unknown)[] = []
  const t = { teardown: (fn: () => unknown) => void teardowns.push(fn) } as unknown as Assert
  return {
    t,
    async end() {
      for (const fn of teardowns) await fn()
    }
  }
}

test('A timer that is still set is found; one that fired or was cleared is not', async (t) => {
  const { t: inside, end } = inner()
  const watch = leaks(inside)
  clearTimeout(setTimeout(() => {}, 100_000))
  await new Promise<void>((resolve) => setTimeout(resolve, 1))
  t.alike(watch.remains(), [])
  const timer = setTimeout(() => {}, 100_000)
  const interval = setInterval(() => {}, 100_000)
  t.is(watch.remains().length, 2)
  t.ok(
    watch.remains().every((line) => line.includes('leaks.test')),
    'and where it was set'
  )
  clearTimeout(timer)
  clearInterval(interval)
  await t.execution(end())
})

test('A listener that is still on is found', async (t) => {
  const { t: inside, end } = inner()
  const watch = leaks(inside)
  const resource = watch.emitter(new ReadyResource<{ held: [] }>(), 'resource')
  const listener = (): void => {}
  resource.on('held', listener)
  t.alike(watch.remains(), ['1 more listeners of held on resource'])
  resource.off('held', listener)
  await t.execution(end())
})

test('A file that is still open is found, where the system tells', async (t) => {
  if (!fs.existsSync('/proc/self/fd')) return t.pass('this system does not tell')
  const dir = await t.tmp()
  const { t: inside, end } = inner()
  const watch = leaks(inside)
  const file = await fs.promises.open(path.join(dir, 'file'), 'w')
  t.alike(watch.remains(), ['open: ' + path.join(dir, 'file')])
  await file.close()
  await t.execution(end())
})

test('A test that leaves something fails, and is told what', async (t) => {
  const { t: inside, end } = inner()
  leaks(inside, { graceMs: 100 })
  const timer = setTimeout(() => {}, 100_000)
  await t.exception(end(), /leaves behind:\s+a timer/)
  clearTimeout(timer)
})

test('A store that was opened and closed leaves nothing', async (t) => {
  const dir = await t.tmp()
  const watch = leaks(t)
  const store = new Corestore(dir)
  await store.ready()
  if (fs.existsSync('/proc/self/fd')) t.not(watch.remains().length, 0, 'open, it holds files')
  await store.close()
})
