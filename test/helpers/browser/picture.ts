// What a <video> of a page really shows, read from the element itself and not from the words beside it.

import type { Page } from 'playwright-core'

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

/** Whether the button of this name is pressed, as its page tells a screen reader. */
export async function pressed(page: Page, name: string): Promise<string | null> {
  return page.getByRole('button', { name }).getAttribute('aria-pressed')
}
