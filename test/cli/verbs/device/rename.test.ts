import test, { configure } from 'brittle'
import { createCliCircle } from '../../../helpers/cli/circle.ts'
import { run, temoin } from '../../../helpers/cli/cli.ts'

// processes, each of which takes its time on a machine that is busy
configure({ timeout: 300_000 })

test('a device that is renamed is called so by the others, who see what it was and who said so', async (t) => {
  const { circle, devices } = await createCliCircle(t, ['contact'], ['device-1a2b', 'Ben'])
  const [founder, contact] = devices
  const holding = temoin(t, ['hold'], contact!)
  await holding.waitFor('ready')
  const renamed = await run(t, ['rename', 'Ana', '--wait', '60'], founder!)
  t.is(renamed.code, 0, renamed.err)
  const { device } = founder!
  t.alike(renamed.last, { event: 'renamed', device, name: 'Ana', circles: [circle] })
  const said = await holding.waitFor('membership')
  t.alike([said.kind, said.by, said.was, said.name], ['named', device, 'device-1a2b', 'Ana'])
  await holding.kill('SIGTERM')
  const shown = await run(t, ['circle', 'show', '--wait', '0'], contact!)
  const [first] = shown.last!.members
  t.alike([first.name, first.addedAs], ['Ana', 'device-1a2b'])
  t.ok(Date.parse(first.namedAt) > 0)
  const people = await run(t, ['circle', 'show', '--wait', '0'], { ...contact!, json: false })
  t.ok(people.out.includes('founded it as "device-1a2b"'), people.out)
  t.ok(/"device-1a2b" \(\w{8}\) says it is called "Ana"/.test(people.out), people.out)
  t.ok(people.out.includes('Ana founded the circle, as "device-1a2b"'), people.out)
})

test('a new name that nobody could be told waits, and one that is none is refused', async (t) => {
  const { devices } = await createCliCircle(t, ['contact'])
  const [, contact] = devices
  const renamed = await run(t, ['rename', 'Ben', '--wait', '0'], contact!)
  t.is(renamed.code, 0, renamed.err)
  t.ok(renamed.err.includes('1 member could not be told yet'), renamed.err)
  t.is((await run(t, ['status'], contact!)).last!.name, 'Ben')
  for (const wrong of [' ', 'a\u202eb', 'é'.repeat(33)]) {
    const refused = await run(t, ['rename', wrong, '--wait', '0'], contact!)
    t.alike([refused.code, refused.last!.code], [2, 'BAD_INPUT'])
  }
})
