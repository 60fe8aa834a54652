// The one place where a test gets a browser: a real Chromium without a window, with a fake camera and
// microphone, closed when the tests of its file have ended. `npm test` says in TEMOIN_BROWSER which one it
// found; a test file that runs alone looks for itself, and never installs one.

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

/** Between two tests of a file: starting one costs as much as what a short test does with it. */
const KEPT_MS = 1000

const users = new Set<Assert>()
let running: Promise<Browser> | null = null
let closing: ReturnType<typeof setTimeout> | null = null

/**
 * The browser of this test file: started when it is first asked for, closed when no test has use for it. What
 * pages leave behind goes with their contexts, which no two tests share.
 */
export async function browserOf(t: Assert): Promise<Browser> {
  if (closing !== null) clearTimeout(closing)
  closing = null
  if (!users.has(t)) t.teardown(() => left(t), { order: 1 })
  users.add(t)
  running ??= start().catch((error: unknown) => {
    running = null // the next test tries again
    throw error
  })
  const browser = await running
  if (browser.isConnected()) return browser
  running = null // it has died: somebody may have wanted that
  return browserOf(t)
}

function left(t: Assert): void {
  users.delete(t)
  if (users.size > 0) return
  const last = running
  closing = setTimeout(() => {
    running = null
    void last?.then((browser) => browser.close())
  }, KEPT_MS)
}

/** A browser of this test alone, for what only a browser as a whole can be told. */
export async function browserWith(t: Assert, args: string[]): Promise<Browser> {
  const browser = await start(args)
  t.teardown(() => browser.close())
  return browser
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

function start(more: string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: executable!,
    args: [...ARGS, ...more],
    timeout: STEP_MS
  })
}

async function whichOne(): Promise<string | null> {
  const told = process.env['TEMOIN_BROWSER']
  if (told !== undefined) return told === '' ? null : told
  const finder = await importScript<Finder>('lib/chromium/find.mjs')
  return (await finder.findChromium())?.path ?? null
}
