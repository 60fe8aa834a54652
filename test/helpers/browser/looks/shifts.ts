// What jumps on a page while somebody reads it or reaches for it, as Chromium itself counts it
// (https://wicg.github.io/layout-instability/): of what was there before, how much of the screen moved, times how
// far. Also counted is what comes within half a second of a touch, which Chromium's own score leaves out.

import type { Page } from 'playwright-core'

/** Runs before the page. */
export const WATCH_SHIFTS = `{
  globalThis.shifts = []
  const nameOf = (node) =>
    node === null ? 'what is gone' : (node.outerHTML ?? node.textContent).slice(0, 70)
  const where = ({ x, y, width, height }) => [x, y, width, height].map(Math.round).join(' ')
  const told = ({ node, previousRect, currentRect }) =>
    nameOf(node) + ' from ' + where(previousRect) + ' to ' + where(currentRect)
  const take = (entries) => {
    for (const { value, sources } of entries) shifts.push({ value, moved: sources.map(told) })
  }
  const observer = new PerformanceObserver((list) => take(list.getEntries()))
  observer.observe({ type: 'layout-shift', buffered: true })
  globalThis.takeShifts = () => {
    take(observer.takeRecords())
    return shifts.splice(0)
  }
}`

interface Shift {
  value: number
  /** What moved, from where to where: left, top, width, height in px. */
  moved: string[]
}

export interface Shifts {
  /** 0 where nothing moved; 1 is a whole screen by its own height. */
  sum: number
  /** For who has to mend it. */
  moved: string[]
}

/** Since it was asked last, what is on its way to the screen included. */
export async function shiftsOf(page: Page): Promise<Shifts> {
  const found: Shift[] = await page.evaluate(
    `new Promise((resolve) =>
      requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(takeShifts()))))
    )`
  )
  const sum = found.reduce((all, { value }) => all + value, 0)
  return { sum, moved: found.flatMap(({ value, moved }) => [value.toFixed(4), ...moved]) }
}
