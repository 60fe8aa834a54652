// How much a browser must fetch before somebody can film.

import test from 'brittle'
import { path } from '../../../core/runtime/fs.ts'
import { browserOf, options, unless } from '../../helpers/browser/chromium.ts'
import { startEngine } from '../../helpers/browser/engine.ts'
import { openPage } from '../../helpers/browser/page.ts'
import { eventually } from '../../helpers/eventually.ts'

const MAX_BYTES = 200_000

/** Bytes of the file there, as a server would send it compressed. */
const COMPRESSED = `async (url) => {
  const { body } = await fetch(url)
  const compressed = new Response(body.pipeThrough(new CompressionStream('gzip')))
  return (await compressed.arrayBuffer()).byteLength
}`

for (const language of ['fr', 'en', 'ar']) {
  test(
    `The film screen is there within 200 kB compressed (${language})${unless}`,
    options,
    async (t) => {
      const { url } = await startEngine(t, path.join(await t.tmp(), 'ana'))
      const page = await openPage(t, await browserOf(t), 'about:blank', { language })
      const fetched = new Set<string>()
      page.context().on('request', (request) => {
        if (request.method() === 'GET') fetched.add(request.url().replace(/#.*/, ''))
      })
      await page.goto(url)
      await page.locator('.record:enabled').waitFor()
      await eventually(() => page.workers().length > 0)
      let bytes = 0
      for (const file of fetched) {
        bytes += await page.evaluate<number>(`(${COMPRESSED})(${JSON.stringify(file)})`)
      }
      t.ok(
        [...fetched].some((file) => /worker/.test(file)),
        'what films is counted'
      )
      t.ok(bytes > 20_000 && bytes < MAX_BYTES, `${bytes} bytes in ${fetched.size} files`)
      t.comment(`${bytes} bytes in ${fetched.size} files`)
    }
  )
}
