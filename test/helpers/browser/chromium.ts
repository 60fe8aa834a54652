// The one place where a test gets a browser: a real Chromium without a window, with a fake camera and
// microphone, closed when its test ends. `npm test` says in TEMOIN_BROWSER which one it found; a test
// file that runs alone looks for itself, and never installs one.

import process from '#process'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext } from 'playwright-core'
import type { Assert } from 'brittle'
import { importScript } from '../script.ts'

interface Finder {
  findChromium(): Promise<{ path: string } | null>
}

const ARGS = [
  ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'],
  ...['--autoplay-policy=no-user-gesture-required', '--disable-gpu'],
  // Tests run side by side: a page that is not in front is watched as one that is.
  ...['--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding']
]

/** For a whole test: the machine may do ten other things, and a test that hangs is all that this costs. */
const TEST_MS = 600_000
/** For one step of a browser: it starts, a page is there, a button can be pressed. Playwright has 30 s. */
export const STEP_MS = 120_000

const executable = await whichOne()

/** Null where browser tests can run; else one clause, for the title of a skipped test. */
export const whyNoBrowser: string | null =
  executable === null ? 'no Chromium was found: name one in CHROME_PATH' : null

/** Of every browser test. */
export const options = { timeout: TEST_MS, skip: whyNoBrowser !== null }
/** Behind the title of each. */
export const unless: string = whyNoBrowser === null ? '' : ` (skipped: ${whyNoBrowser})`

const browsers = new WeakMap<Assert, Promise<Browser>>()

/** The browser of this test: started when it is first asked for, closed when the test ends. */
export function browserOf(t: Assert): Promise<Browser> {
  const running = browsers.get(t) ?? start(t)
  browsers.set(t, running)
  return running
}

/** Another browser of this test, for what only a browser as a whole can be told. */
export function browserWith(t: Assert, args: string[]): Promise<Browser> {
  return start(t, args)
}

/** A browser that remembers, as a person's own does: what only such a one judges needs it. */
export async function rememberingBrowser(t: Assert, dir: string): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(dir, {
    executablePath: executable!,
    args: ARGS,
    timeout: STEP_MS
  })
  t.teardown(() => context.close())
  context.setDefaultTimeout(STEP_MS)
  return context
}

async function start(t: Assert, more: string[] = []): Promise<Browser> {
  const args = [...ARGS, ...more]
  const browser = await chromium.launch({
    executablePath: executable!,
    args,
    timeout: STEP_MS
  })
  t.teardown(() => browser.close())
  return browser
}

async function whichOne(): Promise<string | null> {
  const told = process.env['TEMOIN_BROWSER']
  if (told !== undefined) return told === '' ? null : told
  const finder = await importScript<Finder>('lib/chromium/find.mjs')
  return (await finder.findChromium())?.path ?? null
}
