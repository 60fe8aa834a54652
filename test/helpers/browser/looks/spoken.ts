// What a screen reader is given to read out unasked: what changes within live regions (role status or alert,
// aria-live) of a page. What a person must see by the second must not be among it.

import type { Page } from 'playwright-core'

/** Runs before the page. */
export const WATCH_SPOKEN = `{
  globalThis.spoken = []
  const LIVE = '[role=status], [role=alert], [role=timer], [aria-live]'
  const isLive = (region) =>
    (region.getAttribute('aria-live') ?? region.getAttribute('role')) !== 'off' &&
    region.getAttribute('role') !== 'timer'
  const say = (region) => {
    const words = region.textContent.trim()
    if (isLive(region) && words !== '') spoken.push(words)
  }
  const elementOf = (node) => (node.nodeType === 1 ? node : node.parentElement)
  const regionsOf = ({ target, addedNodes }) => {
    const around = elementOf(target)?.closest(LIVE)
    if (around != null) return [around]
    const added = [...addedNodes].filter((node) => node.nodeType === 1)
    return added.flatMap((each) => [
      ...(each.matches(LIVE) ? [each] : []),
      ...each.querySelectorAll(LIVE)
    ])
  }
  new MutationObserver((changes) => {
    for (const region of new Set(changes.flatMap(regionsOf))) say(region)
  }).observe(document, { subtree: true, childList: true, characterData: true })
}`

export interface Spoken {
  /** All of it, in order. */
  said: string[]
  /** What was said again with nothing new but a number. */
  ticked: string[]
}

export async function spokenOn(page: Page): Promise<Spoken> {
  const said: string[] = await page.evaluate('spoken')
  const words = (text: string): string => text.replace(/\d+([.:,]\d+)*/g, '#')
  const ticked = [...new Set(said)].filter((text, i, all) =>
    all.slice(0, i).some((before) => words(before) === words(text))
  )
  return { said, ticked }
}
