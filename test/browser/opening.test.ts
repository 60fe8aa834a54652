// How `temoin app` opens the app: by a file, in a real browser.

import process from '#process'
import test from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { browserOf, whyNoBrowser } from '../helpers/browser/chromium.ts'
import { openPage } from '../helpers/browser/page.ts'
import { told } from '../helpers/browser/told.ts'
import { temoin } from '../helpers/cli/cli.ts'
import { eventually } from '../helpers/eventually.ts'

const options = { timeout: 120_000, skip: whyNoBrowser !== null }
const unless = whyNoBrowser === null ? '' : ` (skipped: ${whyNoBrowser})`

test(`The file that a browser is started with opens the app, once${unless}`, options, async (t) => {
  const dir = await t.tmp()
  const [bin, copy] = [path.join(dir, 'bin'), path.join(dir, 'copy.html')]
  await fs.promises.mkdir(bin)
  const opener = `#!/bin/sh\ncp "$1" ${copy}.tmp\nmv ${copy}.tmp ${copy}\n`
  await fs.promises.writeFile(path.join(bin, 'xdg-open'), opener, { mode: 0o700 })
  const env = { DISPLAY: ':7', PATH: `${bin}:${process.env['PATH']}` }
  temoin(t, ['app'], { storage: path.join(dir, 'd'), env })
  await eventually(() => fs.existsSync(copy))
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
