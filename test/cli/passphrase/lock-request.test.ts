import test from 'brittle'
import { askToLock } from '../../../cli/passphrase/lock-request.ts'
import { fs, path } from '../../../core/runtime/fs.ts'
import { eventually } from '../../helpers/eventually.ts'

test('a process that begins and takes a request away has locked nothing, and is asked again', async (t) => {
  const dir = await t.tmp()
  const request = path.join(dir, 'lock-request')
  let isOver = false
  const asked = askToLock(dir).finally(() => (isOver = true))
  await eventually(() => fs.existsSync(request))
  fs.rmSync(request)
  await eventually(() => isOver || fs.existsSync(request))
  t.absent(isOver)
  fs.renameSync(request, path.join(dir, 'lock-done'))
  t.ok(await asked)
  t.alike(fs.readdirSync(dir), [])
})

test('what an earlier request has left locks nothing', async (t) => {
  const dir = await t.tmp()
  fs.writeFileSync(path.join(dir, 'lock-done'), '')
  const asked = askToLock(dir)
  await eventually(() => fs.existsSync(path.join(dir, 'lock-request')))
  t.absent(fs.existsSync(path.join(dir, 'lock-done')))
  fs.renameSync(path.join(dir, 'lock-request'), path.join(dir, 'lock-done'))
  t.ok(await asked)
})
