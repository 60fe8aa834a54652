// Who has no mouse and no screen to touch films all the same.

import test from 'brittle'
import type { Page } from 'playwright-core'
import { path } from '../../../core/runtime/fs.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { open, startEngine } from '../../helpers/browser/engine.ts'
import { eventually } from '../../helpers/eventually.ts'

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
