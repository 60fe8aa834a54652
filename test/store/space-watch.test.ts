import test from 'brittle'
import type { Assert } from 'brittle'
import { SpaceWatch, looksToLeaveOut } from '../../core/store/space-watch.ts'
import { EvidenceStore } from '../../core/store/evidence-store.ts'
import { leaks } from '../helpers/leaks.ts'
import { openStore } from './open-store.ts'

const RESERVE = 1000
/** Room again, with something to spare. */
const ROOMY = 2 * 2 ** 20

test('a disk with less room than the reserve is full, and not any more when there is room', async (t) => {
  const { watch, disk, said } = await watching(t, RESERVE)
  disk.freeBytes = RESERVE - 1
  await watch.check()
  t.ok(watch.isFull)
  await watch.check()
  disk.freeBytes = ROOMY
  await watch.check()
  t.absent(watch.isFull)
  t.alike(said, ['full', 'room'])
})

test('where the database refused a write, that is told with the room that comes back', async (t) => {
  const { watch, disk, said } = await watching(t, RESERVE)
  watch.failed()
  watch.failed()
  t.ok(watch.isFull)
  await watch.check()
  disk.freeBytes = RESERVE - 1
  watch.failed()
  await watch.check()
  disk.freeBytes = ROOMY
  await watch.check()
  t.alike(said, ['full', 'room, reopen', 'full', 'room, reopen'])
})

test('a disk at the edge of its reserve stays full, whatever comes and goes there', async (t) => {
  const { watch, disk, said } = await watching(t, RESERVE)
  for (const freeBytes of [RESERVE - 1, RESERVE, RESERVE + 65_536, RESERVE - 1, RESERVE + 1]) {
    disk.freeBytes = freeBytes
    await watch.check()
  }
  watch.failed()
  disk.freeBytes = RESERVE + 65_536
  await watch.check()
  t.ok(watch.isFull)
  t.alike(said, ['full'])
})

test('a disk with little above its reserve is looked at every second, one with much every five', (t) => {
  const GIB = 2 ** 30
  for (const spare of [-GIB, 0, GIB - 1]) t.is(looksToLeaveOut(spare), 0)
  t.is(looksToLeaveOut(GIB), 1, 'a gigabyte a second may come')
  t.is(looksToLeaveOut(3 * GIB), 3)
  t.is(looksToLeaveOut(1000 * GIB), 4)
})

test('a disk that cannot be asked is as it was', async (t) => {
  const { watch, disk, said } = await watching(t, RESERVE)
  disk.freeBytes = null
  await watch.check()
  t.absent(watch.isFull)
  t.alike(said, [])
})

test('the room is looked at from the start, and no more after the end', async (t) => {
  leaks(t)
  const { watch, disk, said } = await watching(t, RESERVE, 10)
  t.ok(watch.isFull)
  await watch.close()
  disk.freeBytes = ROOMY
  await watch.check()
  t.alike(said, ['full'])
})

test('the room of a real disk is a number of bytes', async (t) => {
  const store = await openStore(t)
  t.ok((await store.freeBytes())! > 0)
})

/** A watch over a store whose disk says what the test wants. */
async function watching(t: Assert, reserveBytes: number, freeBytes = ROOMY) {
  const disk: { freeBytes: number | null } = { freeBytes }
  const store = new EvidenceStore({ dir: await t.tmp() })
  store.freeBytes = async () => disk.freeBytes
  const watch = new SpaceWatch({ store, reserveBytes })
  const said: string[] = []
  watch.on('full', () => said.push('full'))
  watch.on('room', ({ failed }) => said.push(failed ? 'room, reopen' : 'room'))
  t.teardown(() => watch.close())
  await watch.ready()
  return { watch, disk, said }
}
