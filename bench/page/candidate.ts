// One way of filming in a page, with two devices that hold and one page that watches.

import type { Page } from 'playwright-core'
import { until } from '../lib/clock.ts'

const PATIENCE_MS = 30_000

export interface Candidate {
  readonly name: string
  /** The page that films: has `window.bench`, and a button `.record`. */
  readonly filming: Page
  /** The same camera as before, or the one that shows the time. Ready to film when it resolves. */
  prepare(camera: 'clock' | 'fake'): Promise<void>
  /** Shows the running film to somebody else. @returns their page */
  watch(): Promise<Page>
  stop(): Promise<void>
  /** Processor time so far of all that films: the browser, and what runs beside it. */
  cpuSeconds(): number
  close(): Promise<void>
}

/** Taps. @returns ms until two others had the first of it on their disks, as this page learns it */
export async function tap({ filming }: Candidate): Promise<number> {
  await filming.locator('.record').click()
  await isTrue(filming, 'bench.heldAt !== null')
  return filming.evaluate('bench.heldAt - bench.tappedAt')
}

/**
 * Loads the page anew.
 * @param url of the same origin, where it is not there yet
 * @returns ms until one can film
 */
export async function load(filming: Page, camera: 'clock' | 'fake', url?: string): Promise<number> {
  await filming.evaluate(`window.name = '${camera}'`)
  await (url === undefined ? filming.reload() : filming.goto(url))
  await isTrue(filming, 'bench.readyAt !== null')
  return filming.evaluate('bench.readyAt')
}

/** Asked from outside: the app's page may not be given code to run (its own policy). */
async function isTrue(page: Page, condition: string): Promise<void> {
  if (!(await until(() => page.evaluate<boolean>(condition), PATIENCE_MS))) {
    throw new Error(`A page of the bench waits in vain for: ${condition}`)
  }
}
