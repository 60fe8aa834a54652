import test, { configure } from 'brittle'
import process from '#process'
import { spawn } from '#subprocess'
import { path } from '../../../core/runtime/fs.ts'
import { createCliDevice } from '../../helpers/cli/circle.ts'
import { root } from '../../helpers/root.ts'
import { findProgram } from '../../helpers/program.ts'

configure({ timeout: 300_000 })

const skip = process.platform !== 'linux' || findProgram('sh') === null

test('output that cannot be written is a failure, and said', { skip }, async (t) => {
  const { storage } = await createCliDevice(t, await t.tmp(), 'd')
  const temoin = `'${process.execPath}' '${path.join(root, 'cli/bin.mjs')}'`
  for (const verb of [
    '--help',
    `status --storage '${storage}'`,
    `list --json --storage '${storage}'`
  ]) {
    const { code, err } = await shell(`${temoin} ${verb} > /dev/full`)
    const isQuiet = verb.startsWith('list') // nothing is held, so there is nothing to write
    t.is(code, isQuiet ? 0 : 1, verb)
    if (!isQuiet) t.is(err.match(/could not be written \(ENOSPC\)/g)?.length, 1, err)
  }
  const { code } = await shell(`${temoin} --help | true`)
  t.is(code, 0, 'a reader that goes away is no failure')
})

async function shell(words: string): Promise<{ code: number; err: string }> {
  const child = spawn('sh', ['-c', words], { stdio: ['ignore', 'ignore', 'pipe'] } as never) as any
  let err = ''
  child.stderr.on('data', (piece: unknown) => (err += String(piece)))
  const heard = new Promise((resolve) => child.stderr.on('end', resolve)) // exit can come before it
  const code = await new Promise<number>((resolve) => child.on('exit', resolve))
  await heard
  return { code, err }
}
