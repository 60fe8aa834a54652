// What no rule of axe finds: text twice as large, thumbs, a keyboard alone.

import test from 'brittle'
import type { Page } from 'playwright-core'
import { path } from '../../../core/runtime/fs.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { open, startEngine } from '../../helpers/browser/engine.ts'
import { fits, furnished, show } from '../../helpers/browser/screens.ts'
import { eventually } from '../../helpers/eventually.ts'

/** What is tapped and smaller than 48 px; links inside a sentence are as high as its line, as WCAG allows. */
const SMALL = `[...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((each) => getComputedStyle(each).display !== 'inline' && each.checkVisibility())
  .map((each) => each.closest('label') ?? each)
  .filter((each) => {
    const { width, height } = each.getBoundingClientRect()
    return Math.round(width) < 48 || Math.round(height) < 48
  })
  .map((each) => each.outerHTML.slice(0, 120))`

/** Words of which a part cannot be seen, since their box cuts them off. */
const CUT_OFF = `[...document.querySelectorAll('body *')]
  .filter((each) => [...each.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ''))
  .filter((each) => each.checkVisibility() && !each.closest('.visually-hidden'))
  .filter((each) => {
    const { overflowX, overflowY } = getComputedStyle(each)
    const isCut = (overflow) => overflow === 'hidden' || overflow === 'clip'
    return (
      (isCut(overflowX) && each.scrollWidth > each.clientWidth + 1) ||
      (isCut(overflowY) && each.scrollHeight > each.clientHeight + 1)
    )
  })
  .map((each) => each.outerHTML.slice(0, 120))`

test(`Every screen works with its text twice as large${unless}`, options, async (t) => {
  const { engine, screens } = await furnished(t)
  for (const language of ['fr', 'ar']) {
    const page = await open(t, engine, { language })
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    for (const screen of screens) {
      await show(page, screen)
      t.ok(await fits(page), `${screen.name} fits (${language})`)
      t.alike(await page.evaluate(CUT_OFF), [], `${screen.name} cuts nothing off (${language})`)
    }
    await page.context().close()
  }
})

test(`On every screen a thumb finds what it wants${unless}`, options, async (t) => {
  const { engine, screens } = await furnished(t)
  const page = await open(t, engine, { language: 'fr' })
  for (const screen of screens) {
    await show(page, screen)
    t.alike(await page.evaluate(SMALL), [], screen.name)
  }
})

test(`A keyboard alone films, stops, and reaches every screen${unless}`, options, async (t) => {
  const page = await open(t, await startEngine(t, path.join(await t.tmp(), 'ana')), {
    size: 'desktop'
  })
  await page.locator('.record:enabled').waitFor()
  await tabTo(page, 'Film now')
  t.ok(await hasVisibleFocus(page), 'it is seen where one is')
  await page.keyboard.press('Enter')
  await page.locator('.safety').waitFor()
  await tabTo(page, 'Stop filming')
  await page.keyboard.press('Space')
  await page.getByText('Nobody else has this film.').waitFor()
  for (const name of ['Circle', 'Films', 'Advice', 'Settings', 'Film']) {
    await tabTo(page, name)
    t.ok(await hasVisibleFocus(page), name)
    await page.keyboard.press('Enter')
    const current = page.locator('.bar [aria-current=page]')
    await eventually(async () => (await current.innerText()).trim() === name)
  }
})

/** Presses Tab until it is there. */
async function tabTo(page: Page, name: string): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab')
    const found: string = await page.evaluate(
      "document.activeElement.ariaLabel ?? document.activeElement.innerText ?? ''"
    )
    if (found.trim() === name) return
  }
  throw new Error(`Tab never comes to "${name}"`)
}

function hasVisibleFocus(page: Page): Promise<boolean> {
  return page.evaluate(
    `(({ outlineStyle, outlineWidth }) => outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2)(
      getComputedStyle(document.activeElement))`
  )
}
