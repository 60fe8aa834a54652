// What no rule of axe finds: text twice as large, thumbs, a keyboard alone.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Page } from 'playwright-core'
import { path } from '../../../core/runtime/fs.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { open, startEngine } from '../../helpers/browser/engine.ts'
import { fits, furnished, show } from '../../helpers/browser/screens.ts'
import type { Screen } from '../../helpers/browser/screens.ts'
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

/** Words that stand letter below letter, since they have no room. */
const CROWDED = `(() => {
  const words = document.createTreeWalker(document.querySelector('dialog[open]') ?? document.body, 4)
  const found = []
  while (words.nextNode()) {
    const around = words.currentNode.parentElement
    if (!around.checkVisibility() || around.closest('.visually-hidden, select')) continue
    const range = new Range()
    range.selectNodeContents(words.currentNode)
    const { width, height } = range.getBoundingClientRect()
    const letter = parseFloat(getComputedStyle(around).fontSize)
    if (width < 3 * letter && height > 4 * letter) found.push(around.outerHTML.slice(0, 120))
  }
  return found
})()`

/** What films or stops is seen, and so is how safe the film is. */
const COVERED = `[...document.querySelectorAll('.film .record, .film .safety-number')]
  .filter((each) => {
    const { x, y, width, height } = each.getBoundingClientRect()
    const there = document.elementFromPoint(x + width / 2, y + height / 2)
    return there === null || !(each.contains(there) || there.contains(each))
  })
  .map((each) => each.outerHTML.slice(0, 120))`

/** A sign that stands on a line of its own, above the words it belongs to. */
const ABOVE = `[...document.querySelectorAll('.banner-sign')]
  .filter((each) => each.checkVisibility())
  .filter((each) => {
    const words = each.nextElementSibling.getBoundingClientRect()
    return each.getBoundingClientRect().bottom <= words.top
  })
  .map((each) => each.parentElement.outerHTML.slice(0, 120))`

const NARROWEST = { width: 320, height: 640 }

test(`Every screen works with its text twice as large${unless}`, options, async (t) => {
  const { ana, locked, wiped } = await furnished(t)
  for (const language of ['fr', 'ar']) {
    for (const { engine, screens } of [ana, locked, wiped]) {
      const page = await open(t, engine, { language })
      await page.evaluate("document.documentElement.style.fontSize = '200%'")
      for (const screen of screens) await lookLarge(t, page, screen, language)
      await page.context().close()
    }
  }
})

async function lookLarge(t: Assert, page: Page, screen: Screen, language: string): Promise<void> {
  await show(page, screen)
  t.ok(await fits(page), `${screen.name} fits (${language})`)
  t.alike(await page.evaluate(CUT_OFF), [], `${screen.name} cuts nothing off (${language})`)
  const size = page.viewportSize()!
  await page.setViewportSize(NARROWEST)
  await page.evaluate("document.querySelector('.shell-page').scrollTo(0, 0)")
  t.ok(await fits(page), `${screen.name} fits the narrowest phone (${language})`)
  for (const wrong of [CUT_OFF, CROWDED, COVERED, ABOVE])
    t.alike(await page.evaluate(wrong), [], `${screen.name} there, too (${language})`)
  await page.setViewportSize(size)
}

test(`On every screen a thumb finds what it wants${unless}`, options, async (t) => {
  const { ana, locked, wiped } = await furnished(t)
  for (const { engine, screens } of [ana, locked, wiped]) {
    const page = await open(t, engine, { language: 'fr' })
    for (const screen of screens) {
      await show(page, screen)
      t.alike(await page.evaluate(SMALL), [], screen.name)
    }
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
