import test, { configure } from 'brittle'
import { path } from '../../../core/runtime/fs.ts'
import { run, temoin } from '../../helpers/cli/cli.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

/** A DHT of which no node answers: nothing listens there. */
const network = ['--bind', '127.0.0.1', '--bootstrap', '127.0.0.1:1']

test('who scans a code without a network is let in once there is one', async (t) => {
  const { dir, circle, devices } = await createCliCircle(t, [])
  const { storage } = devices[0]!
  const away = temoin(t, ['invite'], { storage, network })
  const { url } = await away.waitFor('invite')
  await away.kill('SIGKILL')
  const candidate = temoin(t, ['join', url], { storage: path.join(dir, 'candidate'), network })
  await candidate.waitFor('looking', ({ attempt }) => attempt === 2)
  const back = temoin(t, ['invite', '--resume'], { storage, network })
  const joined = await candidate.waitFor('joined')
  t.is(joined.circle, circle)
  t.is((await candidate.ended).code, 0)
  t.is((await back.ended).code, 0)
})

test('who had none until the invite expired is told so', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const { storage } = devices[0]!
  const away = temoin(t, ['invite', '--expires', '10s'], { storage, network })
  const { url } = await away.waitFor('invite')
  await away.kill('SIGKILL')
  const candidate = path.join(dir, 'candidate')
  const { code, last, events } = await run(t, ['join', url], { storage: candidate, network })
  t.is(events[0]!.event, 'looking')
  t.alike([code, last!.code], [2, 'INVITE_EXPIRED'])
  t.ok(last!.message.includes('before the device that made it could be reached'), last!.message)
  const again = await run(t, ['join'], { storage: candidate, network })
  t.alike([again.code, again.last!.code], [2, 'BAD_INPUT'], 'nothing is pending any more')
})
