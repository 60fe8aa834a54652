// Pictures of every screen, at the size of a phone and of a computer, in French and English (on the phone in
// Arabic too), as real engines fill them: `npm run screenshots [-- folder]`, else out/screenshots.
// With `-- --readme` the few that the README shows are made of them, in docs/pictures.

import path from 'node:path'
import { parseArgs } from 'node:util'
import { ensureChromium } from './lib/chromium/install.mjs'
import { describe } from './lib/chromium/find.mjs'
import { strip } from './lib/picture-strip.mjs'
import { orSay, root, run, say } from './lib/say.mjs'

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: { readme: { type: 'boolean', default: false } }
})
const folder = path.resolve(positionals[0] ?? path.join(root, 'out/screenshots'))

/** File in docs/pictures, the screens in it, and how high it is. */
const README = [
  ['film.webp', ['film', 'filming', 'after', 'circle'].map((name) => `${name}-phone-en`), 720],
  [
    'phone.webp',
    ['circle-code', 'recordings', 'watch-live', 'advice'].map((name) => `${name}-phone-fr`),
    720
  ],
  ['watch.webp', ['watch-live-desktop-en'], 640]
]

await orSay(async () => {
  const chromium = await ensureChromium()
  if (chromium === null) throw new Error('Without a browser there are no pictures')
  say(`temoin: pictures by ${describe(chromium)}`)
  const brittle = path.join(root, 'node_modules/brittle/cmd.js')
  const env = { ...process.env, TEMOIN_BROWSER: chromium.path, TEMOIN_SCREENSHOTS: folder }
  const code = await run(process.execPath, [brittle, 'dist/test/browser/looks/screens.test.js'], {
    env
  })
  if (code !== 0) throw new Error('A screen is not as it should be: see above')
  say(`temoin: the pictures are in ${folder}`)
  if (flags.readme) await renewReadme(chromium.path)
})

async function renewReadme(executable) {
  for (const [name, screens, heightPx] of README) {
    const files = screens.map((screen) => path.join(folder, `${screen}.png`))
    await strip(executable, files, path.join(root, 'docs/pictures', name), heightPx)
  }
  say('temoin: the pictures of the README are in docs/pictures')
}
