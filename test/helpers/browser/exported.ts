// Where an export lies, as the screen tells whoever looks for it.

import type { Page } from 'playwright-core'

/** The folder of the package that the page has just made. */
export async function exportedDir(page: Page): Promise<string> {
  await page.locator('.package > details > summary').click()
  return page.locator('.package .path').innerText()
}
