// What no rule of axe finds wrong with how a page is laid out, looked for in the page itself. Each answers with
// the elements that are wrong.

import type { Page } from 'playwright-core'

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

/** Nothing sticks out to the side. */
export function fits(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth <= innerWidth')
}

export function tooSmallForThumbs(page: Page): Promise<string[]> {
  return page.evaluate(SMALL)
}

export function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(CUT_OFF)
}

/** What goes wrong first where there is no room. */
export async function squeezed(page: Page): Promise<string[]> {
  const wrong: string[] = []
  for (const search of [CUT_OFF, CROWDED, COVERED, ABOVE])
    wrong.push(...((await page.evaluate(search)) as string[]))
  return wrong
}
