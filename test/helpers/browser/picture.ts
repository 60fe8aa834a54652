// What a <video> of a page really shows, read from the element itself and not from the words beside it.

import type { Page } from 'playwright-core'
import { eventually } from '../eventually.ts'

export interface Shown {
  /** Film seconds. */
  at: number
  /** Pictures decoded so far. */
  pictures: number
  widthPx: number
  paused: boolean
  /** Has something to go on with. */
  ready: boolean
}

/** One for each <video>, in the order of the page. */
export function pictures(page: Page): Promise<Shown[]> {
  return page.evaluate(`[...document.querySelectorAll('video')].map((video) => ({
    at: video.currentTime,
    pictures: video.getVideoPlaybackQuality().totalVideoFrames,
    widthPx: video.videoWidth,
    paused: video.paused,
    ready: video.readyState >= 3
  }))`)
}

export async function picture(page: Page): Promise<Shown> {
  const [shown] = await pictures(page)
  if (shown === undefined) throw new Error('No video is on this page')
  return shown
}

/** True once pictures come one after the other. */
export async function isMoving(page: Page): Promise<boolean> {
  const before = await picture(page)
  await page.waitForTimeout(300)
  const after = await picture(page)
  return after.at > before.at && after.pictures > before.pictures
}

/**
 * Holds the film, or all films of a screen, where they are: until `Play` is pressed nothing moves, and nothing ends
 * meanwhile. English pages.
 */
export async function hold(page: Page): Promise<void> {
  await eventually(async () => {
    await page.evaluate(`{
      const nameOf = (button) => button.ariaLabel ?? button.innerText.trim()
      const all = [...document.querySelectorAll('.controls button')]
      all.find((button) => nameOf(button) === 'Pause')?.click()
    }`)
    return page.getByRole('button', { name: 'Play', exact: true }).isVisible()
  })
  await eventually(async () => (await pictures(page)).every(({ paused }) => paused))
}

/** Sets the slider, as soon as what it shows is as long as that. */
export async function setTo(page: Page, at: number): Promise<void> {
  const slider = page.getByRole('slider')
  await eventually(async () => {
    if (Number(await slider.getAttribute('max')) < at) return false
    await slider.fill(String(at))
    return true
  })
}

/** Goes on from where it was held. */
export async function play(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Play', exact: true }).click()
}

/** Whether the button of this name is pressed, as its page tells a screen reader. */
export async function pressed(page: Page, name: string): Promise<string | null> {
  return page.getByRole('button', { name }).getAttribute('aria-pressed')
}
