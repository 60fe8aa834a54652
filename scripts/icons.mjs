// The icons of the app, drawn by Chromium from its one SVG: `node scripts/icons.mjs` after that has changed.
// Committed as they come out, since a build must need no browser.

import fs from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from './lib/chromium/find.mjs'
import { orSay, root, say } from './lib/say.mjs'

const FOLDER = path.join(root, 'mobile/ui/public')
/**
 * `full`: to its edges, where the system cuts the corners itself. What must not be cut off lies within the
 * circle of 80 % that the manifest's `maskable` asks for.
 */
const ICONS = [
  { name: 'icon-192.png', px: 192, full: false },
  { name: 'icon-512.png', px: 512, full: false },
  { name: 'icon-maskable-512.png', px: 512, full: true },
  { name: 'apple-touch-icon.png', px: 180, full: true }
]

await orSay(async () => {
  const found = await findChromium()
  if (found === null) throw new Error('There is no Chromium here: name one in CHROME_PATH')
  const browser = await chromium.launch({ executablePath: found.path, args: ['--disable-gpu'] })
  const page = await browser.newPage()
  for (const icon of ICONS) await draw(page, icon)
  await browser.close()
  say(`icons: ${ICONS.length} drawn in ${path.relative(root, FOLDER)}`)
})

async function draw(page, { name, px, full }) {
  const svg = fs.readFileSync(path.join(FOLDER, 'icon.svg'), 'utf8')
  const drawn = full ? svg.replace(/ rx="\d+"/, '') : svg
  await page.setViewportSize({ width: px, height: px })
  await page.setContent(`<style>body{margin:0}svg{display:block;width:${px}px}</style>${drawn}`)
  await page.screenshot({ path: path.join(FOLDER, name), omitBackground: !full })
}
