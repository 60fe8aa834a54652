// Two windows of one browser on one engine, each opened by a link of its own: the cookie is that of the last one,
// and either window goes on by itself whatever becomes of the other.

import test from 'brittle'
import type { Page } from 'playwright-core'
import { path } from '../../../core/runtime/fs.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { anotherLink, goTo, open, startEngine } from '../../helpers/browser/engine.ts'
import type { Engine } from '../../helpers/browser/engine.ts'
import { told } from '../../helpers/browser/told.ts'
import { cutInOneFilm, filmed, holdWorkers, IN_OUR_HAND } from '../../helpers/browser/trouble.ts'
import { eventually } from '../../helpers/eventually.ts'

/** Caused by the test: not the page's errors. */
const expected = [/ERR_CONNECTION|WebSocket|Failed to load resource/]

test(
  `A window goes on with an engine that was killed, though another one was let in after it${unless}`,
  options,
  async (t) => {
    const engine = await startEngine(t, path.join(await t.tmp(), 'ana'))
    const first = await open(t, engine, { expected, before: COUNT_SECRETS, at: 'recordings' })
    const second = await another(first, engine)
    await second.close()
    await engine.process.kill('SIGKILL')
    await first.getByText('The engine no longer answers').first().waitFor()
    await startEngine(t, engine.storage)
    await eventually(() => first.getByText('The engine no longer answers').isHidden())
    await eventually(async () => (await told(first)).device.phase === 'ready')
    t.pass('it has a key of the new engine')
  }
)

test(
  `Both windows go on with an engine that was killed and started again${unless}`,
  options,
  async (t) => {
    const engine = await startEngine(t, path.join(await t.tmp(), 'ana'))
    const first = await open(t, engine, { expected, before: COUNT_SECRETS, at: 'recordings' })
    const second = await another(first, engine)
    await eventually(() => second.evaluate('secrets > 0'))
    await engine.process.kill('SIGKILL')
    const windows = [first, second]
    for (const page of windows) await page.getByText('no longer answers').first().waitFor()
    await startEngine(t, engine.storage)
    for (const page of windows)
      await eventually(() => page.getByText('no longer answers').isHidden())
    t.pass('neither needs the link again')
  }
)

test(
  `A film whose way is cut goes on as one film, though another window was let in meanwhile${unless}`,
  options,
  async (t) => {
    const engine = await startEngine(t, path.join(await t.tmp(), 'ana'))
    const page = await open(t, engine, { expected, before: `${IN_OUR_HAND}; ${COUNT_SECRETS}` })
    const button = page.getByRole('button', { name: 'Film now', exact: true })
    await eventually(() => button.isEnabled())
    await holdWorkers(page)
    await button.click()
    await eventually(async () => (await filmed(page)).seconds > 1)
    await another(page, engine)
    await cutInOneFilm(page)
    t.pass('the connections of page and film were cut')
  }
)

/** Secrets that the page has learnt. */
const COUNT_SECRETS = `{
  globalThis.secrets = 0
  const learn = crypto.subtle.importKey.bind(crypto.subtle)
  crypto.subtle.importKey = async (...key) => {
    const learnt = await learn(...key)
    secrets++
    return learnt
  }
}`

/** In the same browser, let in by a link of its own; resolves when it is, and the first has learnt of it. */
async function another(first: Page, engine: Engine): Promise<Page> {
  const before = await sessionKey(first)
  const page = await first.context().newPage()
  await page.addInitScript(COUNT_SECRETS)
  await page.goto(await anotherLink(engine))
  await eventually(async () => (await sessionKey(page)) !== before)
  await goTo(page, 'recordings')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await eventually(() => first.evaluate('secrets > 1'))
  return page
}

function sessionKey(page: Page): Promise<string | null> {
  return page.evaluate(`localStorage.getItem('temoin.session')`)
}
