import b4a from 'b4a'
import test, { configure } from 'brittle'
import z32 from 'z32'
import { Device } from '../../../../core/device.ts'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import { createCliCircle } from '../../../helpers/cli/circle.ts'
import type { CliDevice } from '../../../helpers/cli/circle.ts'
import { RECORD } from '../../../helpers/cli/film.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

/** What a failing disk does: other bytes in the place of a block, and nothing said. */
async function damage(device: CliDevice, recording: string, indexes: number[]): Promise<void> {
  const engine = new Device({ dir: device.storage, offline: true })
  await engine.ready()
  const { replica } = engine.find(z32.decode(recording))
  const core = await replica.wake()
  const storage = core.core.state as any
  const tx = storage.storage.write()
  for (const index of indexes) tx.putBlock(index, b4a.from('not what was signed'))
  await tx.flush()
  await engine.close()
}

test('damaged blocks are found, given up, and fetched again from who has them', async (t) => {
  const { devices } = await createCliCircle(t, ['contact', 'keeper'])
  const [author, holder, other] = devices as [CliDevice, CliDevice, CliDevice]
  const holding = [holder, other].map((device) => temoin(t, ['hold'], device))
  for (const process of holding) await process.waitFor('ready')
  const { last } = await run(t, [...RECORD], author)
  const { recording, length } = last!
  for (const process of holding) await process.waitFor('sealed')
  await holding[0]!.kill('SIGINT')

  const sound = await run(t, ['check'], holder)
  t.is(sound.code, 0, sound.err)
  const checked = { event: 'checked', recording, blocks: length }
  t.alike(sound.events[0], { ...checked, damaged: 0, repaired: 0 })

  await damage(holder, recording, [3, 7])
  const watching = await run(t, ['check', '--wait', '0'], holder)
  t.is(watching.code, 1, 'what cannot be repaired is a failure')
  t.alike(watching.events[0], { ...checked, damaged: 2, repaired: 0 })
  t.alike(watching.last, { event: 'done', recordings: 1, lost: 2 })

  const repaired = await run(t, ['check', '--wait', '90'], holder)
  t.is(repaired.code, 0, repaired.err)
  t.alike(repaired.events[0], { ...checked, damaged: 2, repaired: 2 })
  t.is((await run(t, ['check', '--wait', '0'], holder)).code, 0, 'and stays repaired')
})
