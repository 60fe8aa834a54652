// The app on a home screen: whether Chromium itself would install it, and what its icon and its shortcut
// lead to.

import b4a from 'b4a'
import test from 'brittle'
import { path } from '../../../core/runtime/fs.ts'
import { options, rememberingBrowser, unless } from '../../helpers/browser/chromium.ts'
import { open, startEngine } from '../../helpers/browser/engine.ts'
import { eventually } from '../../helpers/eventually.ts'

interface Icon {
  src: string
  sizes: string
  type: string
  purpose?: string
}
interface Manifest {
  start_url: string
  icons: Icon[]
  shortcuts: { url: string; icons: Icon[] }[]
}

test(
  `Chromium finds nothing that keeps it from installing the app${unless}`,
  options,
  async (t) => {
    const dir = await t.tmp()
    const { url } = await startEngine(t, path.join(dir, 'ana'))
    const context = await rememberingBrowser(t, path.join(dir, 'browser'))
    const page = await context.newPage()
    await page.goto(url)
    await page.locator('.record').waitFor()
    const devtools = await context.newCDPSession(page)
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors')
    t.alike(installabilityErrors, [])
    const { errors, url: found } = await devtools.send('Page.getAppManifest')
    t.alike(errors, [])
    t.ok(found.endsWith('/manifest.webmanifest'))
  }
)

test(`Every icon is there, of the size that is said of it${unless}`, options, async (t) => {
  const page = await open(t, await startEngine(t, path.join(await t.tmp(), 'ana')))
  const manifest: Manifest = await page.evaluate(
    "fetch('./manifest.webmanifest').then((answer) => answer.json())"
  )
  const icons = [...manifest.icons, ...manifest.shortcuts.flatMap(({ icons }) => icons)]
  for (const { src, sizes } of icons.filter(({ type }) => type === 'image/png')) {
    t.is(await sizeOf(src), sizes, src)
  }
  for (const wanted of ['192x192', '512x512']) {
    t.ok(icons.some(({ sizes, purpose }) => sizes === wanted && purpose === 'any'))
  }
  t.ok(icons.some(({ purpose }) => purpose === 'maskable'))
  const apple = await page.getAttribute('link[rel=apple-touch-icon]', 'href')
  t.is(await sizeOf(apple!), '180x180')

  /** As the first chunk of a PNG says it. */
  async function sizeOf(src: string): Promise<string> {
    const base64: string = await page.evaluate(
      `fetch(${JSON.stringify(src)}).then((answer) => answer.arrayBuffer())
        .then((bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes).subarray(0, 24))))`
    )
    const bytes = b4a.from(base64, 'base64')
    const view = new DataView(bytes.buffer, bytes.byteOffset)
    return `${view.getUint32(16)}x${view.getUint32(20)}`
  }
})

test(`The shortcut of the installed icon films without a tap${unless}`, options, async (t) => {
  const engine = await startEngine(t, path.join(await t.tmp(), 'ana'))
  const first = await open(t, engine)
  const { shortcuts }: Manifest = await first.evaluate(
    "fetch('./manifest.webmanifest').then((answer) => answer.json())"
  )
  const [shortcut] = shortcuts
  const page = await open(t, engine, { at: shortcut!.url.split('#')[1]! })
  await eventually(() => page.locator('.safety').isVisible())
  await page.getByRole('button', { name: 'Stop filming', exact: true }).click()
  await page.getByText('Nobody else has this film.').waitFor()
  t.pass('it filmed')
})
