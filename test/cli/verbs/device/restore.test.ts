import b4a from 'b4a'
import test, { configure } from 'brittle'
import { Device } from '../../../../core/device.ts'
import { fs, path } from '../../../../core/runtime/fs.ts'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import { filmed } from '../../../helpers/cli/film.ts'
import { filesIn } from '../../../helpers/crashes/crash.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('a copy of a device opens where its owner says so, and goes on in a new journal', async (t) => {
  const { dir, author, holder, recording, length } = await filmed(t)
  const copy = { ...holder, storage: path.join(dir, 'copy') }
  for await (const { file, bytes } of filesIn(holder.storage)) {
    const target = path.join(copy.storage, path.relative(holder.storage, file))
    await fs.promises.mkdir(path.dirname(target), { recursive: true })
    await fs.promises.writeFile(target, bytes as never)
  }
  const refused = await run(t, ['list'], copy)
  t.is(refused.code, 1)
  t.ok(/"restore --yes"/.test(refused.err), refused.err)
  t.is((await run(t, ['restore'], copy)).code, 2, 'not without a word of its owner')
  t.is((await run(t, ['list'], copy)).code, 1)

  const restored = await run(t, ['restore', '--yes'], copy)
  t.alike([restored.code, restored.last!.event], [0, 'restored'])
  const listed = await run(t, ['list'], copy)
  t.alike([listed.last!['recording'], listed.last!['length']], [recording, length])
  t.is((await run(t, ['export', recording, path.join(dir, 'package')], copy)).code, 0)
  t.is(await journalsOf(copy.storage), 2)

  const holding = temoin(t, ['hold'], author)
  await holding.waitFor('ready')
  const going = temoin(t, ['hold'], copy)
  const { kind } = await holding.waitFor('alarm')
  t.is(
    kind,
    'storage-damaged',
    'a copy may lack what the original signed for; it is no rival of itself'
  )
  await going.kill('SIGINT')
  t.is(await journalsOf(copy.storage), 2, 'and goes on in that one')
})

/** How many journals the device says are its own. */
async function journalsOf(dir: string): Promise<number> {
  const device = new Device({ dir, offline: true })
  await device.ready()
  const own = device.circles[0]!.circle.heads.filter((head) => b4a.equals(head.device, device.key))
  await device.close()
  return own.length
}
