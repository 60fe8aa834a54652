import b4a from 'b4a'
import test, { configure } from 'brittle'
import { fs, path } from '../../../core/runtime/fs.ts'
import { run, temoin } from '../../helpers/cli/cli.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import { eventually } from '../../helpers/eventually.ts'

// many processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('a program admits one candidate and refuses another by lines on stdin', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const [founder] = devices
  const host = temoin(t, ['invite', '--uses', '5', '--confirm'], { ...founder!, stdin: 'pipe' })
  const { url, confirm } = await host.waitFor('invite')
  t.ok(confirm)
  const ana = temoin(t, ['join', url, '--name', 'Ana'], { storage: path.join(dir, 'ana') })
  const eve = temoin(t, ['join', url, '--name', 'Eve'], { storage: path.join(dir, 'eve') })
  const asksAna = await host.waitFor('candidate', ({ name }) => name === 'Ana')
  const asksEve = await host.waitFor('candidate', ({ name }) => name === 'Eve')
  for (const [candidate, asks] of [
    [ana, asksAna],
    [eve, asksEve]
  ] as const) {
    const { phrases, confirm } = await candidate.waitFor('asked')
    t.alike(phrases, asks.phrases, 'both show the same words')
    t.ok(confirm)
  }
  t.unlike(asksAna.phrases, asksEve.phrases)
  host.write(b4a.from(`refuse ${asksEve.device}\nadmit ${asksAna.device}\n`))
  await host.waitFor('member', ({ device }) => device === asksAna.device)
  t.is((await ana.ended).code, 0)
  const { code } = await eve.ended
  t.alike([code, eve.events.at(-1)!.code], [2, 'INVITE_REFUSED'])
  const { reason, name } = await host.waitFor('refused')
  t.alike([reason, name], ['declined', 'Eve'])
  await host.kill('SIGINT')
})

test('a person is asked about each candidate in turn, and answers y or n', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const options = { ...devices[0]!, json: false, stdin: 'pipe' } as const
  const host = temoin(t, ['invite', '--confirm', '--language', 'fr'], options)
  await eventually(() => /^temoin:\w+$/m.test(host.out))
  const url = /^temoin:\w+$/m.exec(host.out)![0]
  const storage = path.join(dir, 'ana')
  const ana = temoin(t, ['join', url, '--name', 'Ana'], { storage })
  const { phrases } = await ana.waitFor('asked')
  await eventually(() => host.out.includes('Ana asks to be let in'))
  await eventually(() =>
    host.out.includes(`Does that phone show: ${phrases.fr} (en: ${phrases.en})`)
  )
  host.write(b4a.from('maybe\ny\n'))
  t.is((await ana.ended).code, 0)
  t.is((await host.ended).code, 0)
  t.ok(host.err.includes('Type y or n'), 'what it did not understand it says')
  t.ok(host.out.includes('Ana is now a member'))
})

test('an invite whose process was killed goes on with --resume: same link, uses still spent', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const [founder] = devices
  const host = temoin(t, ['invite', '--uses', '2', '--role', 'keeper'], founder)
  const { url, id } = await host.waitFor('invite')
  const one = await run(t, ['join', url, '--name', 'One'], { storage: path.join(dir, 'one') })
  t.is(one.code, 0, one.err)
  await host.waitFor('member')
  await host.kill('SIGKILL')
  const storage = path.join(dir, 'two')
  const early = temoin(t, ['join', url, '--name', 'Two'], { storage })
  await early.waitFor('looking', ({ attempt }) => attempt >= 2)
  await early.kill('SIGKILL')
  const again = temoin(t, ['invite', '--resume'], founder)
  const resumed = await again.waitFor('invite')
  t.alike(
    [resumed.url, resumed.id, resumed.used, resumed.uses, resumed.role],
    [url, id, 1, 2, 'keeper']
  )
  const late = await run(t, ['join'], { storage })
  t.is(late.code, 0, late.err)
  t.is(late.last!.event, 'joined')
  t.is((await again.ended).code, 0, 'its last use ends it')
  const none = await run(t, ['invite', '--resume'], founder)
  t.alike([none.code, none.last!.code], [2, 'BAD_INPUT'])
  const shown = await run(t, ['circle', 'show', '--wait', '0'], founder)
  for (const { invite, addedBy, addedAt } of shown.last!.members.slice(1)) {
    t.alike([invite, addedBy], [id, founder!.device], 'who let it in, and with which invite')
    t.ok(Date.parse(addedAt) > 0)
  }
})

test('Ctrl-C takes an invite back, a signal of the system leaves it open', async (t) => {
  const { devices } = await createCliCircle(t, [])
  const [founder] = devices
  const first = temoin(t, ['invite'], founder)
  await first.waitFor('invite')
  await first.kill('SIGINT')
  const none = await run(t, ['invite', '--resume'], founder)
  t.is(none.code, 2)
  const second = temoin(t, ['invite'], founder)
  const { url } = await second.waitFor('invite')
  await second.kill('SIGTERM')
  t.ok(second.err.includes('temoin invite --resume'))
  const again = temoin(t, ['invite', '--resume'], founder)
  t.is((await again.waitFor('invite')).url, url)
  await again.kill('SIGINT')
})

test('the code is written as PNG and SVG; a folder that is not there is said, and no invite is left', async (t) => {
  const { dir, devices } = await createCliCircle(t, [])
  const [founder] = devices
  const [png, svg] = [path.join(dir, 'code.png'), path.join(dir, 'code.svg')]
  const host = temoin(t, ['invite', '--png', png, '--svg', svg], founder)
  const { files } = await host.waitFor('invite')
  t.alike(files, [png, svg])
  const picture = (await fs.promises.readFile(png)) as Uint8Array
  t.alike([...picture.subarray(0, 4)], [137, 80, 78, 71])
  t.ok(String(await fs.promises.readFile(svg)).startsWith('<svg '))
  await host.kill('SIGINT')
  const lost = await run(t, ['invite', '--png', path.join(dir, 'no', 'code.png')], founder)
  t.alike([lost.code, lost.last!.code], [2, 'BAD_INPUT'])
  t.is((await run(t, ['invite', '--resume'], founder)).code, 2)
})
