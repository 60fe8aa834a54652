// How `temoin app` opens the app: by a file, in a real browser.

import test from 'brittle'
import { path } from '../../../core/runtime/fs.ts'
import { browserOf, options, unless } from '../../helpers/browser/chromium.ts'
import { openPage } from '../../helpers/browser/page.ts'
import { told } from '../../helpers/browser/told.ts'
import { temoin } from '../../helpers/cli/cli.ts'
import { createDesktop } from '../../helpers/cli/desktop.ts'
import { eventually } from '../../helpers/eventually.ts'

test(`The file that a browser is started with opens the app, once${unless}`, options, async (t) => {
  const dir = await t.tmp()
  const { env, opened } = await createDesktop(path.join(dir, 'desktop'))
  temoin(t, ['app'], { storage: path.join(dir, 'd'), env })
  const { copy } = await opened()
  const browser = await browserOf(t)
  // Where a file led to it, Chromium may ask once before it sends the cookie that it has just been given.
  const page = await openPage(t, browser, `file://${copy}`, { expected: [/WebSocket/] })
  await page.waitForURL(/^http:\/\/127\.0\.0\.1:\d+\/(#(?!token).*)?$/)
  await eventually(async () => (await told(page).catch(() => null))?.device.phase === 'ready')
  t.pass('the page is let in, and its address keeps no token')
  const other = await openPage(t, browser, `file://${copy}`, { expected: [/401/, /WebSocket/] })
  await other.getByText('This page has no access').first().waitFor()
  t.pass('a second browser is not')
})
