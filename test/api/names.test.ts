import test from 'brittle'
import { createApp, createPage } from '../helpers/api/app.ts'
import { eventually } from '../helpers/eventually.ts'

test('a name that was made up gives way to one that is given, in circles that are there already', async (t) => {
  const page = await createPage(t, await createApp(t, { name: 'device-1a2b' }))
  const { circle } = await page.call('circle.create', { name: 'street' })
  const state = () => page.state!.circles[circle]!
  await eventually(() => page.state!.circles[circle])
  t.alike([state().named, page.state!.device.named], [false, false])
  await page.call('device.name', { name: 'Ana' })
  await eventually(() => state().named && page.state!.device.named)
  const [self] = state().members
  t.alike([self!.name, self!.addedAs], ['Ana', 'device-1a2b'])
  t.ok(self!.namedAtMs! > 0)
  t.alike(
    state().history.map(({ kind, was, name }) => [kind, was, name]),
    [
      ['circle-created', '', 'device-1a2b'],
      ['named', 'device-1a2b', 'Ana']
    ]
  )
  for (const name of ['', ' \u202e ']) {
    await t.exception(page.call('device.name', { name }), /A name has 1 to 64 bytes/)
  }
})
