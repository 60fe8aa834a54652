import test, { configure } from 'brittle'
import { spawn } from '#subprocess'
import type { Assert } from 'brittle'
import { path } from '../../../core/runtime/fs.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import { CLIP } from '../../helpers/cli/film.ts'
import { temoin } from '../../helpers/cli/cli.ts'
import { eventually } from '../../helpers/eventually.ts'
import { findProgram } from '../../helpers/program.ts'

configure({ timeout: 300_000 })

const skip = findProgram('mkfifo') === null

test(
  'a named pipe is waited for, in words, and recorded once it is written',
  { skip },
  async (t) => {
    const { dir, devices } = await createCliCircle(t, [])
    const pipe = path.join(dir, 'pipe')
    await ended(t, 'mkfifo', [pipe])
    const recorder = temoin(t, ['record', pipe], devices[0]!)
    await eventually(() => recorder.err.includes(`Waiting for media on ${pipe}`))
    await ended(t, 'sh', ['-c', `cat '${CLIP}' > '${pipe}'`])
    const { reason, seconds } = await recorder.waitFor('sealed')
    t.is(reason, 'input-ended')
    t.ok(seconds > 5, String(seconds))
    t.is((await recorder.ended).code, 0)
  }
)

test('Ctrl-C ends the wait for a named pipe that nobody writes', { skip }, async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const pipe = path.join(dir, 'pipe')
  await ended(t, 'mkfifo', [pipe])
  const recorder = temoin(t, ['record', pipe], devices[0]!)
  await eventually(() => recorder.err.includes(`Waiting for media on ${pipe}`))
  const { signal } = await recorder.kill('SIGINT')
  t.is(signal, null, 'it closed by itself')
})

async function ended(t: Assert, program: string, args: string[]): Promise<void> {
  const child = spawn(program, args, { stdio: 'ignore' } as never) as any
  t.teardown(() => void child.kill('SIGKILL'))
  await new Promise((resolve) => child.on('exit', resolve))
}
