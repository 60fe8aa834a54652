import test from 'brittle'
import { eventually } from '../helpers/eventually.ts'
import { createApp, createPage } from '../helpers/api/app.ts'

test('a page is told the state when it comes, and what changes afterwards', async (t) => {
  const app = await createApp(t)
  const page = await createPage(t, app)
  const { device, circles } = page.state!
  t.is(device.phase, 'ready')
  t.absent(device.named, 'its name was made up')
  t.alike(circles, {})
  const { circle } = await page.call('circle.create', { name: 'our street' })
  await eventually(() => page.state!.circles[circle]?.members.length === 1)
  t.is(page.state!.circles[circle]!.name, 'our street')
  const late = await createPage(t, app)
  t.alike(late.state!.circles, page.state!.circles, 'who comes late is told the same')
})
