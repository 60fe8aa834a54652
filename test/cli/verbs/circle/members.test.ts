import test, { configure } from 'brittle'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import { createCliCircle } from '../../../helpers/cli/circle.ts'
import { eventually } from '../../../helpers/eventually.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('only an organiser invites, and one contact alone revokes nobody', async (t) => {
  const { devices } = await createCliCircle(t, ['contact', 'contact'])
  const [founder, contact, other] = devices
  const invited = await run(t, ['invite'], contact)
  t.alike([invited.code, invited.last!.code], [1, 'NOT_ALLOWED'])
  const revoking = await run(t, ['revoke', founder!.device, '--wait', '0'], contact)
  t.alike([revoking.code, revoking.last!.effective, revoking.last!.needsSecond], [0, false, true])
  t.ok(revoking.err.includes('is a member still: another member has to agree'), revoking.err)
  t.alike(revoking.last!.seconders, [other!.device])
  const shown = await run(t, ['circle', 'show', '--wait', '0'], contact)
  t.is(shown.last!.members[0].state, 'active')
  t.alike(shown.last!.history.at(-1).state, 'on-hold')
  const own = await run(t, ['own', contact!.device, '--wait', '0'], contact)
  t.alike([own.code, own.last!.code], [2, 'BAD_INPUT'])
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
  const { device } = contact!
  t.alike(done.last, {
    event: 'revoked',
    device,
    effective: true,
    needsSecond: false,
    seconders: []
  })
  const shown = await run(t, ['circle', 'show', '--wait', '0'], founder)
  t.is(shown.last!.members[1].revoked, true)
})

test('an organiser cuts off at once, is without powers until a second, and is told how', async (t) => {
  const { devices } = await createCliCircle(t, ['contact', 'contact'])
  const [founder, lost, other] = devices
  const done = await run(t, ['revoke', lost!.device, '--wait', '0'], founder)
  t.alike([done.last!.effective, done.last!.needsSecond], [true, true])
  const command = `temoin second ${lost!.device.slice(0, 8)}`
  t.ok(done.err.includes(`contact-2 runs "${command}"`), 'it says who can do what')
  t.alike(done.last!.seconders, [other!.device])
  const held = await run(t, ['status'], founder)
  const { state, onHold, members } = held.last!.circles[0]
  t.alike([state, onHold, members], ['active', true, 2])
  t.ok(held.err.includes(command), held.err)
  for (const words of [['invite'], ['role', other!.device, 'organiser', '--wait', '0']]) {
    const refused = await run(t, words, founder)
    t.alike([refused.code, refused.last!.code], [1, 'NOT_ALLOWED'])
    t.ok(refused.last!.message.includes(command), refused.last!.message)
  }
  const holder = temoin(t, ['hold'], founder)
  await holder.waitFor('ready')
  const busy = await run(t, ['revoke', other!.device, '--wait', '0'], founder)
  t.alike([busy.code, busy.last!.code], [3, 'STORAGE_LOCKED'])
  t.ok(/"invite" by the signal TERM.*--resume/.test(busy.err), busy.err)
  await eventually(async () => {
    const { last } = await run(t, ['circle', 'show', '--wait', '5'], other) // one of them never comes
    return last!['history'].some(({ kind }: any) => kind === 'member-revoked')
  })
  const seconded = await run(t, ['second', lost!.device], other)
  t.alike([seconded.last!.event, seconded.last!.state], ['seconded', 'cut-off'], seconded.err)
  await holder.waitFor('membership', ({ kind }) => kind === 'seconded')
  await holder.kill('SIGINT')
  const told = holder.events.filter(({ event }) => event === 'membership')
  t.alike(
    told.map(({ kind, by, about, state }) => [kind, by, about, state]),
    [['seconded', other!.device, lost!.device, 'effective']],
    'who holds hears what is said of members'
  )
  t.ok(/contact-2 seconded what was said of contact-1/.test(holder.err), holder.err)
  const { last: glance } = await run(t, ['status'], founder)
  t.alike(
    glance!.circles[0].lastSaid.map(({ kind }: any) => kind),
    ['member-added', 'member-revoked', 'seconded']
  )
  const given = await run(t, ['role', other!.device, 'organiser', '--wait', '0'], founder)
  t.alike(given.last, {
    event: 'role',
    device: other!.device,
    role: 'organiser',
    effective: true,
    needsSecond: false,
    seconders: []
  })
})

test('of two phones that both say they are one person’s, either cuts the other off alone', async (t) => {
  const { devices } = await createCliCircle(t, ['contact'])
  const [lost, mine] = devices
  const first = await run(t, ['own', mine!.device, '--wait', '0'], lost)
  t.alike(first.last, { event: 'own', device: mine!.device })
  t.ok(first.err.includes(`temoin own ${lost!.device.slice(0, 8)}`), first.err)
  const holder = temoin(t, ['hold'], lost)
  await holder.waitFor('ready')
  await run(t, ['own', lost!.device, '--wait', '20'], mine)
  await holder.waitFor('membership', ({ kind, by }) => kind === 'own-device' && by === mine!.device)
  await eventually(
    async () => {
      const { last } = await run(t, ['circle', 'show', '--wait', '20'], mine)
      return last!.history.filter(({ kind }: any) => kind === 'own-device').length === 2
    },
    { timeoutMs: 60_000 }
  )
  const done = await run(t, ['revoke', lost!.device, '--wait', '0'], mine)
  t.alike([done.last!.effective, done.last!.needsSecond], [true, false], done.err)
  const shown = await run(t, ['circle', 'show', '--wait', '0'], mine)
  t.is(shown.last!.members[0].state, 'cut-off')
})

test('who is online is shown', async (t) => {
  const { devices } = await createCliCircle(t, ['contact'])
  const [founder, contact] = devices
  const holder = temoin(t, ['hold'], contact)
  await holder.waitFor('ready')
  const shown = await run(t, ['circle', 'show', '--wait', '90'], founder)
  t.alike(
    shown.last!.members.map(({ online }: any) => online),
    [true, true]
  )
})
