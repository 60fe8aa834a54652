import test, { configure } from 'brittle'
import { run, temoin } from '../helpers/cli.ts'
import { createCliCircle } from '../helpers/cli-circle.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 120_000 })

test('only an organiser invites and revokes, and says so to the others', async (t) => {
  const { devices } = await createCliCircle(t, ['contact'])
  const [founder, contact] = devices
  const invited = await run(t, ['invite'], contact)
  t.alike([invited.code, invited.last!.code], [1, 'NOT_ALLOWED'])
  const revoking = await run(t, ['revoke', founder!.device, '--wait', '0'], contact)
  t.alike([revoking.code, revoking.last!.code], [1, 'NOT_ALLOWED'])
})

test('a revoked device is named by the first letters of its key, and is shown as revoked', async (t) => {
  const { devices } = await createCliCircle(t, ['contact'])
  const [founder, contact] = devices
  const short = await run(t, ['revoke', contact!.device.slice(0, 3)], founder)
  t.alike([short.code, short.last!.code], [2, 'BAD_INPUT'])
  const unknown = await run(t, ['revoke', 'yyyyyyyyyyyy', '--wait', '0'], founder)
  t.alike([unknown.code, unknown.last!.code], [2, 'BAD_INPUT'])
  const done = await run(
    t,
    ['revoke', contact!.device.slice(0, 8), '--reason', 'lost', '--wait', '0'],
    founder
  )
  t.is(done.code, 0, done.err)
  t.alike(done.last, { event: 'revoked', device: contact!.device })
  const shown = await run(t, ['circle', 'show', '--wait', '0'], founder)
  t.is(shown.last!.members[1].revoked, true)
})

test('who is online is shown', async (t) => {
  const { devices } = await createCliCircle(t, ['contact'])
  const [founder, contact] = devices
  const holder = temoin(t, ['hold'], contact)
  await holder.waitFor('ready')
  const shown = await run(t, ['circle', 'show', '--wait', '10'], founder)
  t.alike(
    shown.last!.members.map(({ online }: any) => online),
    [true, true]
  )
})
