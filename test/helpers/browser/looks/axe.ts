// What axe-core finds wrong with a page for people who do not see, hear or touch it as others do, by the
// rules of WCAG 2.2 A and AA, in words. What no rule can find (whether a text helps) is not tested here.

import type { Page } from 'playwright-core'
import { fs, path } from '../../../../core/runtime/fs.ts'
import { root } from '../../root.ts'

const SOURCE = fs.readFileSync(
  path.join(root, 'node_modules/axe-core/axe.min.js'),
  'utf8'
) as string

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

interface Violation {
  id: string
  help: string
  nodes: { target: unknown[]; failureSummary?: string }[]
}

/**
 * One line for each element that breaks a rule: the rule in words, where, and what to mend. The page is
 * looked at whole: what lies under the bar of a phone can be scrolled to.
 */
export async function violations(page: Page): Promise<string[]> {
  const size = page.viewportSize()!
  const height: number = await page.evaluate('document.documentElement.scrollHeight')
  await page.setViewportSize({ ...size, height: Math.max(size.height, height) })
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(SOURCE)
  const found: Violation[] = await page.evaluate(
    `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then(({ violations }) => violations)`
  )
  await page.setViewportSize(size)
  return found.flatMap(inWords)
}

function inWords({ id, help, nodes }: Violation): string[] {
  return nodes.map(
    ({ target, failureSummary = '' }) =>
      `${help} (${id}): ${target.join(' ')}: ${failureSummary.replace(/\s+/g, ' ')}`
  )
}
