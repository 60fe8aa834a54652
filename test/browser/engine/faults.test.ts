// What goes wrong under a page: its engine goes and comes back, its connection is cut, it is out of
// sight. It says so, and goes on by itself where it can.

import test from 'brittle'
import type { Page } from 'playwright-core'
import { path } from '../../../core/runtime/fs.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { goTo, open, startEngine } from '../../helpers/browser/engine.ts'
import { film } from '../../helpers/browser/people.ts'
import { isMoving, picture } from '../../helpers/browser/picture.ts'
import { told } from '../../helpers/browser/told.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import type { CliDevice } from '../../helpers/cli/circle.ts'
import { temoin } from '../../helpers/cli/cli.ts'
import { endlessClipIn } from '../../helpers/films/clip.ts'
import { eventually } from '../../helpers/eventually.ts'

/** Caused by the test: not the page's errors. */
const expected = [/ERR_CONNECTION|ERR_INTERNET|WebSocket|Failed to load resource/]

/** The page's own connections, within the test's reach. */
const KEEP_SOCKETS = `window.sockets = []
  window.WebSocket = class extends WebSocket {
    constructor(...args) {
      super(...args)
      sockets.push(this)
    }
  }`

test(
  `A page says that it was out of sight, that its engine is gone, and what it left${unless}`,
  options,
  async (t) => {
    const storage = path.join(await t.tmp(), 'ana')
    const first = await startEngine(t, storage)
    const port = Number(/:(\d+)\//.exec(first.url)![1])
    const page = await open(t, first, { expected })
    await film(page)
    await eventually(async () => {
      const [running] = Object.values((await told(page)).filming)
      return running !== undefined && running.ownSeconds > 1
    })
    await hide(page)
    await page.getByText('Screen left').first().waitFor()
    t.pass('that it was out of sight is said')
    await first.process.kill('SIGKILL')
    await page.getByText('The engine does not answer').first().waitFor()

    const second = await startEngine(t, storage, port)
    await page.goto('about:blank')
    const again = await open(t, second, { at: 'recordings' })
    const row = again.getByRole('link', { name: /You/ })
    await row.waitFor()
    await eventually(async () => (await row.innerText()).includes('Nobody else has this yet'))
    t.pass('it does not say that it is safe')
  }
)

test(
  `A page goes on by itself with an engine that was killed and started again${unless}`,
  options,
  async (t) => {
    const storage = path.join(await t.tmp(), 'ana')
    const first = await startEngine(t, storage)
    const page = await open(t, first, { expected })
    await film(page)
    const isFilming = async (): Promise<boolean> => {
      const said = await told(page).catch(() => null) // while it is away
      const running = Object.values(said?.filming ?? {})
      return running.some(({ ownSeconds, phase }) => phase === 'filming' && ownSeconds > 1)
    }
    await eventually(isFilming)
    await first.process.kill('SIGKILL')
    await page.getByText('The engine does not answer').first().waitFor()
    const second = await startEngine(t, storage)
    t.is(portOf(second.url), portOf(first.url), 'at the same port')
    await eventually(isFilming)
    t.pass('nobody had to open it again, and it films on')
    await goTo(page, 'film')
    await page.getByRole('button', { name: 'Stop filming' }).click()
    await eventually(async () => {
      await goTo(page, 'recordings') // it stays with the film until that has ended
      return page.getByRole('link', { name: /You/ }).first().isVisible()
    })
    t.pass('and shows what it filmed')
  }
)

test(
  `A cut connection is made again, a stalled engine is waited for, the live film goes on${unless}`,
  options,
  async (t) => {
    const { dir, devices } = await createCliCircle(t, ['contact'])
    const [author, holder] = devices as [CliDevice, CliDevice]
    const engine = await startEngine(t, holder.storage)
    const clip = await endlessClipIn(dir)
    const filming = temoin(t, ['record', clip, '--pace', 'live'], author)
    const { recording } = await filming.waitFor('started')
    const page = await open(t, engine, { expected, before: KEEP_SOCKETS })
    await goTo(page, `watch/${recording}`)
    await eventually(() => isMoving(page))
    const { at } = await picture(page)
    await page.evaluate('sockets.forEach((socket) => socket.close())')
    await eventually(() => page.evaluate('sockets.length > 1 && sockets.at(-1).readyState === 1'))
    engine.process.signal('SIGSTOP')
    await eventually(async () => !(await isMoving(page)))
    engine.process.signal('SIGCONT')
    await eventually(async () => (await picture(page)).at > at + 3 && (await isMoving(page)))
    t.pass('the picture goes on')
  }
)

function portOf(url: string): string {
  return /:(\d+)\//.exec(url)![1]!
}

/** As the system tells a page that another one is in front. */
async function hide(page: Page): Promise<void> {
  await page.evaluate(`
    Object.defineProperty(document, 'hidden', { value: true, configurable: true })
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  `)
}
