import test, { configure } from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import { filmed } from '../helpers/cli/film.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('a device that has lost its memory says what lies in its store, and gets it out', async (t) => {
  const { dir, author, holder, recording, length } = await filmed(t)
  await fs.promises.rm(path.join(holder.storage, 'state'))
  for (const time of ['first', 'second']) {
    const listed = await run(t, ['list'], holder)
    t.is(listed.code, 0, listed.err)
    const { known, length: held, circle } = listed.last!
    t.alike(
      [listed.last!['recording'], held, circle, known],
      [recording, length, null, false],
      time
    )
    t.ok(/nothing is lost/.test(listed.err), listed.err)
  }
  const told = await run(t, ['status'], holder)
  t.is(told.last!['held'].unknown, 1)
  t.ok(/nothing is lost/.test(told.err), told.err)
  const exported = await run(t, ['export', recording, path.join(dir, 'package')], holder)
  t.is(exported.code, 0, exported.err)
  t.is((await run(t, ['verify', path.join(dir, 'package')])).code, 0)

  const inviting = temoin(t, ['invite'], author)
  const { url } = await inviting.waitFor('invite')
  t.is((await run(t, ['join', url, '--name', 'again'], holder)).code, 0)
  await inviting.kill('SIGTERM') // who is a member already spends no use of it
  temoin(t, ['hold'], author)
  const holding = temoin(t, ['hold'], holder)
  await holding.waitFor('recording', (line) => line['recording'] === recording)
  await holding.kill('SIGINT')
  const listed = await run(t, ['list'], holder)
  t.alike([listed.last!['recording'], listed.last!['known']], [recording, undefined])
})
