// Pictures of every screen, at the size of a phone and of a computer, in French and English, as real
// engines fill them: `npm run screenshots [folder]`, else out/screenshots.

import path from 'node:path'
import { ensureChromium } from './lib/chromium/install.mjs'
import { describe } from './lib/chromium/find.mjs'
import { orSay, root, run, say } from './lib/say.mjs'

const folder = path.resolve(process.argv[2] ?? path.join(root, 'out/screenshots'))

await orSay(async () => {
  const chromium = await ensureChromium()
  if (chromium === null) throw new Error('Without a browser there are no pictures')
  say(`temoin: pictures by ${describe(chromium)}`)
  const brittle = path.join(root, 'node_modules/brittle/cmd.js')
  const env = { ...process.env, TEMOIN_BROWSER: chromium.path, TEMOIN_SCREENSHOTS: folder }
  const code = await run(process.execPath, [brittle, 'dist/test/browser/screens.test.js'], { env })
  if (code !== 0) throw new Error('A screen is not as it should be: see above')
  say(`temoin: the pictures are in ${folder}`)
})
