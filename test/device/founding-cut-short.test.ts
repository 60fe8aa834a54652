import test from 'brittle'
import type { Assert } from 'brittle'
import { fs } from '../../core/runtime/fs.ts'
import { crashCopy } from '../helpers/crashes/crash.ts'
import { createDevice, dirOf } from '../helpers/devices/device.ts'

test('a founding that is cut short anywhere leaves a circle with its founder, or none', async (t) => {
  const device = await createDevice(t)
  const cuts = await cutsDuring(t, dirOf(device), () => device.createCircle('ours'))
  const founded = []
  for (const dir of cuts) {
    const after = await createDevice(t, { dir })
    for (const { circle } of after.circles) {
      t.is(circle.roster.members.length, 1, 'nobody, or somebody else, has founded it')
    }
    founded.push(after.circles.length)
    const again = await after.createCircle('again')
    t.is(again.circle.roster.members.length, 1)
    await after.close()
    const reopened = await createDevice(t, { dir })
    t.is(reopened.circles.length, founded.at(-1)! + 1)
    await reopened.close()
  }
  t.comment(founded.join())
  t.is(founded[0], 0)
  t.is(founded.at(-1), 1)
  t.ok(
    founded.filter((count) => count === 0).length >= 4,
    'before and after what was to be remembered'
  )
})

/** Copies of `dir` as it was before and after each time that a file was put in place, and at the end. */
async function cutsDuring(t: Assert, dir: string, work: () => Promise<unknown>): Promise<string[]> {
  const cuts: string[] = []
  const { rename } = fs.promises
  const cut = async (): Promise<void> => void cuts.push(await crashCopy(t, dir))
  const restore = (): void => void Object.assign(fs.promises, { rename })
  t.teardown(restore)
  Object.assign(fs.promises, {
    rename: async (from: string, to: string) => {
      await cut()
      await rename(from, to)
      await cut()
    }
  })
  await work()
  restore()
  await cut()
  return cuts
}
