import b4a from 'b4a'
import test, { configure } from 'brittle'
import { path } from '../../../../core/runtime/fs.ts'
import { run, temoin } from '../../../helpers/cli/cli.ts'
import type { CliProcess } from '../../../helpers/cli/cli.ts'
import { createCliCircle, createCliDevice } from '../../../helpers/cli/circle.ts'
import { eventually } from '../../../helpers/eventually.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('an invite is told once, each new member is told, and its last use ends it', async (t) => {
  const { dir, circle, devices } = await createCliCircle(t, [])
  const [founder] = devices
  const host = temoin(t, ['invite', '--role', 'keeper', '--uses', '2', '--expires', '30m'], founder)
  const invite = await host.waitFor('invite')
  t.ok(invite.url.startsWith('temoin:'))
  t.is(invite.role, 'keeper')
  t.is(invite.uses, 2)
  t.ok(Date.parse(invite.expiresAt) > Date.now())
  for (const name of ['Amina', 'Bo']) {
    const storage = path.join(dir, name)
    const joined = await run(t, ['join', invite.url, '--name', name], { storage })
    t.is(joined.code, 0, joined.err)
    const { event, role, device, circle: where } = joined.last!
    t.alike({ event, role, circle: where }, { event: 'joined', role: 'keeper', circle })
    await host.waitFor('member', (member) => member.device === device && member.name === name)
  }
  t.is((await host.ended).code, 0)
  t.alike(
    host.events.map(({ event }) => event),
    ['invite', 'member', 'member']
  )
  const shown = await run(t, ['circle', 'show', '--wait', '0'], founder)
  const roles = shown.last!.members.map(({ name, role }: any) => [name, role])
  t.alike(roles, [
    ['founder', 'organiser'],
    ['Amina', 'keeper'],
    ['Bo', 'keeper']
  ])
})

test('an invite may come on stdin, where no list of processes shows it', async (t) => {
  const { dir, circle, devices } = await createCliCircle(t, [])
  const host = temoin(t, ['invite', '--role', 'keeper'], devices[0])
  const { url } = await host.waitFor('invite')
  const storage = path.join(dir, 'reader')
  const stdin = b4a.from(`${url}\n`)
  const joined = await run(t, ['join', '-', '--name', 'reader'], { storage, stdin })
  t.alike([joined.code, joined.last!.circle], [0, circle], joined.err)
  const nothing = await run(t, ['join', '-'], {
    storage: path.join(dir, 'no'),
    stdin: b4a.alloc(0)
  })
  t.alike([nothing.code, nothing.last!.code], [2, 'BAD_INPUT'])
})

test('for people an invite is a link and a code to scan', async (t) => {
  const { devices } = await createCliCircle(t, [])
  const host = temoin(t, ['invite'], { ...devices[0]!, json: false })
  await eventually(() => host.err.includes('Waiting for them'))
  const { code } = await host.kill('SIGINT')
  t.is(code, 0, 'Ctrl-C takes it back')
  t.ok(/^temoin:[a-z0-9]+$/m.test(host.out), host.out)
  t.ok(/█▀▀|▀▄█/.test(host.out), 'a QR code')
})

test('mangled, expired, used up and unreachable invites each get their own sentence', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const [founder] = devices
  const late = await createCliDevice(t, dir, 'late')
  const refusedWith = async (url: string, ...more: string[]) => {
    const { code, last } = await run(t, ['join', url, ...more], late)
    return [code, last!.code]
  }

  const used = temoin(t, ['invite'], founder)
  const { url: usedUrl } = await used.waitFor('invite')
  t.alike(await refusedWith(usedUrl.slice(0, -3)), [2, 'INVITE_MANGLED'])
  t.alike(await refusedWith('https://example.org'), [2, 'INVITE_FOREIGN'])
  const early = await run(t, ['join', usedUrl], { storage: path.join(dir, 'early') })
  t.is(early.code, 0, early.err)
  await used.ended
  const again = await run(t, ['join', usedUrl], { storage: path.join(dir, 'early') })
  t.alike([again.code, again.last!.code], [2, 'INVITE_REDEEMED'])

  const short = temoin(t, ['invite', '--expires', '1s'], founder)
  const { url: shortUrl } = await short.waitFor('invite')
  t.is((await short.ended).code, 0, 'it ends when it expires')
  t.alike(await refusedWith(shortUrl), [2, 'INVITE_EXPIRED'])
  t.alike(await refusedWith(usedUrl, '--timeout', '1'), [1, 'INVITE_UNREACHABLE'])
})

/** What `join` says last. */
const ENDS = ['joined', 'error']

test('an invite for one device lets in exactly one of three who come at once', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const host = temoin(t, ['invite'], devices[0]!)
  const { url } = await host.waitFor('invite')
  const all = ['one', 'two', 'three'].map((name) =>
    temoin(t, ['join', url], { storage: path.join(dir, name) })
  )
  const isIn = ({ events }: CliProcess): boolean => events.some(({ event }) => event === 'joined')
  t.is((await host.ended).code, 0)
  await eventually(() => all.some(isIn))
  for (const joining of all) {
    await joining.waitFor('looking')
    // who has not asked yet would go on looking; who ends already may no longer hear a signal, and dies of it
    if (!joining.events.some(({ event }) => ENDS.includes(event))) joining.signal('SIGINT')
    const { code } = await joining.ended
    const failed = joining.events.find(({ event }) => event === 'error')
    if (failed) t.alike([code, failed['code']], [2, 'INVITE_USED'])
    else t.is(code, 0)
  }
  t.is(all.filter(isIn).length, 1)
})
