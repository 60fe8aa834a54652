// A page as somebody holds it: on a phone or at a computer, in a language, dark or light. What goes
// wrong inside it, an uncaught error or a line in the console, fails the test that opened it.

import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core'
import type { Assert } from 'brittle'
import { STEP_MS } from './chromium.ts'

/** The sizes that screenshots are made at, too. */
export const SIZES = {
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
  desktop: { viewport: { width: 1280, height: 800 } }
} as const

export type Session = Awaited<ReturnType<BrowserContext['storageState']>>

export interface PageOptions {
  /** @default 'phone' */
  size?: keyof typeof SIZES
  /** @default 'en' */
  language?: string
  /** @default 'light' */
  colours?: 'light' | 'dark'
  /** Where this person stands, in degrees; nobody knows where none is given. */
  place?: { latitude: number; longitude: number; accuracy?: number }
  /** Cookies and local storage that this browser has from before. */
  session?: Session
  /** Runs in the page before anything of it does. */
  before?: string
  /** Problems that the test itself causes, and that therefore are none. */
  expected?: RegExp[]
}

/** Frames that were on their way to a worker when it was ended: Chromium closes them late, and says so. */
const BROWSERS_OWN = /VideoFrame was garbage collected without being closed/

/** Camera, microphone and place are allowed, as by somebody who has said yes once. */
export async function openPage(
  t: Assert,
  browser: Browser,
  url: string,
  options: PageOptions = {}
): Promise<Page> {
  const { size = 'phone', language = 'en', colours = 'light', expected = [] } = options
  const context: BrowserContext = await browser.newContext({
    ...SIZES[size],
    locale: language,
    colorScheme: colours,
    reducedMotion: 'reduce', // what is looked at in the middle of a movement is not as it will be
    permissions: ['camera', 'microphone', 'geolocation'],
    ...(options.place ? { geolocation: options.place } : {}),
    ...(options.session ? { storageState: options.session } : {})
  })
  context.setDefaultTimeout(STEP_MS)
  t.teardown(() => context.close(), { order: -1 })
  const page = await context.newPage()
  const problems = (what: string): void => {
    if (![...expected, BROWSERS_OWN].some((one) => one.test(what))) t.fail(`in the page: ${what}`)
  }
  page.on('pageerror', (error) => problems(error.stack ?? error.message))
  page.on('console', (message) => {
    if (message.type() === 'error') problems(inWords(message))
  })
  if (options.before !== undefined) await page.addInitScript(options.before)
  await page.goto(url)
  return page
}

function inWords(message: ConsoleMessage): string {
  const { url, lineNumber } = message.location()
  return `${message.text()} (${url}:${lineNumber + 1})`
}
