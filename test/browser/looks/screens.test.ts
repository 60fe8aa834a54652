// Every screen, on a phone and at a computer, in French, English and Arabic, dark and light: nothing that
// somebody could not use, nothing that sticks out to the side, nothing that moves for who asked for that,
// nothing that a thumb misses, and the same with text twice as large, on the narrowest phone as well.
// With TEMOIN_SCREENSHOTS=<folder> (`npm run screenshots`) it looks at all of them, in more combinations, and
// leaves a picture of each there.

import process from '#process'
import test from 'brittle'
import type { Assert } from 'brittle'
import type { Page } from 'playwright-core'
import { fs, path } from '../../../core/runtime/fs.ts'
import { violations } from '../../helpers/browser/looks/axe.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { open } from '../../helpers/browser/engine.ts'
import { cutOff, fits, squeezed, tooSmallForThumbs } from '../../helpers/browser/looks/layout.ts'
import { furnished, show } from '../../helpers/browser/screens.ts'
import type { Screen } from '../../helpers/browser/screens.ts'
import { STREET } from '../../helpers/browser/street.ts'
import { eventually } from '../../helpers/eventually.ts'

const FOLDER = process.env['TEMOIN_SCREENSHOTS'] ?? null
const TESTED = [
  ['phone', 'fr', 'dark'],
  ['desktop', 'en', 'light'],
  ['phone', 'ar', 'light']
] as const
const PICTURED = [
  ['phone', 'fr', 'dark'],
  ['phone', 'en', 'light'],
  ['desktop', 'fr', 'dark'],
  ['desktop', 'en', 'light'],
  ['phone', 'ar', 'light']
] as const
/** Four seconds of it, or more where the machine was slow. */
const SOME_FILM = /^\s*(0:0[4-9]|0:[1-5]\d|[1-9]\d*:\d\d)$/
const NARROWEST = { width: 320, height: 640 }
/** The browser's own fake camera, but for pictures something to see. */
const CAMERA = FOLDER === null ? {} : { before: STREET }

test(
  `Every screen can be used by everybody, fits, twice as large as well, and moves only where it may${unless}`,
  options,
  async (t) => {
    if (FOLDER !== null) fs.mkdirSync(FOLDER, { recursive: true })
    const shown = Object.values(await furnished(t))
    for (const [size, language, colours] of FOLDER === null ? TESTED : PICTURED) {
      for (const { engine, screens } of shown) {
        const page = await open(t, engine, { size, language, colours, ...CAMERA })
        for (const screen of screens) await look(t, page, screen, `${size}-${language}`)
        await page.context().close()
      }
    }
  }
)

/** The rules look at markup and colours, which no language changes: French is dark and English is light. */
function isJudged(how: string): boolean {
  return FOLDER !== null || !how.endsWith('ar')
}

async function look(t: Assert, page: Page, screen: Screen, how: string): Promise<void> {
  const name = `${screen.name}-${how}`
  await show(page, screen)
  if (isJudged(how)) t.alike(await violations(page), [], name)
  t.ok(await fits(page), `${name} fits`)
  t.alike(await movements(page), [], `${name} moves nothing where that is asked for`)
  if (FOLDER !== null && name.startsWith('filming')) await page.getByText(SOME_FILM).waitFor()
  if (FOLDER !== null) await page.screenshot({ path: path.join(FOLDER, `${name}.png`) })
  if (screen.name === 'filming') await movesElsewhere(t, page)
  const size = page.viewportSize()!
  await page.setViewportSize(NARROWEST)
  t.ok(await fits(page), `${name} fits on the narrowest phone`)
  await page.setViewportSize(size)
  t.alike(await tooSmallForThumbs(page), [], `${name}: a thumb finds what it wants`)
  await lookLarge(t, page, name)
}

/** As somebody sees it who needs text twice as large. */
async function lookLarge(t: Assert, page: Page, name: string): Promise<void> {
  const size = page.viewportSize()!
  await page.evaluate("document.documentElement.style.fontSize = '200%'")
  t.ok(await fits(page), `${name} fits, twice as large`)
  t.alike(await cutOff(page), [], `${name} cuts nothing off then`)
  await page.setViewportSize(NARROWEST)
  await page.evaluate("document.querySelector('.shell-page').scrollTo(0, 0)")
  t.ok(await fits(page), `${name} fits the narrowest phone then`)
  t.alike(await squeezed(page), [], `${name} has room there for all that it says`)
  await page.evaluate("document.documentElement.style.fontSize = ''")
  await page.setViewportSize(size)
}

/** That it films is seen by something that moves, where nobody asked for less. */
async function movesElsewhere(t: Assert, page: Page): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'no-preference' })
  await eventually(async () => (await movements(page)).includes('film-live'))
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await eventually(async () => (await movements(page)).length === 0)
  t.pass('it moves for others, and stops when it is asked to')
}

/** By name: what is moved by the style sheets, or by a script, now. */
function movements(page: Page): Promise<string[]> {
  return page.evaluate(
    'document.getAnimations().map((one) => one.animationName ?? one.transitionProperty ?? one.id)'
  )
}
