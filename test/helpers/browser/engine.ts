// Real engines behind the pages: `temoin app` as a process of its own on a network of this machine only.
//
//   const engine = await startEngine(t, storage)
//   const page = await open(t, engine, { size: 'desktop' })
//   await engine.process.kill('SIGKILL')

import b4a from 'b4a'
import type { Page } from 'playwright-core'
import type { Assert } from 'brittle'
import { temoin } from '../cli/cli.ts'
import type { CliProcess } from '../cli/cli.ts'
import { browserOf, STEP_MS } from './chromium.ts'
import { openPage } from './page.ts'
import type { PageOptions, Session } from './page.ts'
import { eventually } from '../eventually.ts'

export interface Engine {
  storage: string
  /** Where its app is, the token of this launch included: good once. */
  url: string
  process: CliProcess
  /** What the token was exchanged for, once a page has done so. */
  session: Session | null
}

/**
 * @param port the same again for an engine that comes back under its page; else any that is free
 * @param env of its process
 */
export async function startEngine(
  t: Assert,
  storage: string,
  port?: number,
  env: Record<string, string> = {}
): Promise<Engine> {
  const args = ['app', '--no-open', ...(port === undefined ? [] : ['--port', String(port)])]
  const process = temoin(t, args, { storage, stdin: 'pipe', env })
  const { url } = await process.waitFor('app', undefined, { timeoutMs: STEP_MS })
  return { storage, url, process, session: null }
}

/**
 * A page of that engine's app, as `#place` names it. All pages of a test share one browser; pages of one
 * engine share its session, as windows of one browser do, and nothing else.
 */
export async function open(
  t: Assert,
  engine: Engine,
  options: PageOptions & { at?: string } = {}
): Promise<Page> {
  const browser = await browserOf(t)
  const [origin] = engine.url.split('/#')
  const at = `#${options.at ?? ''}`
  if (engine.session !== null) {
    return openPage(t, browser, `${origin}/${at}`, { ...options, session: engine.session })
  }
  const page = await openPage(t, browser, engine.url, options)
  await eventually(() => page.evaluate("localStorage.getItem('temoin.session') !== null"))
  engine.session = await page.context().storageState()
  if (options.at !== undefined) await goTo(page, options.at)
  return page
}

/** Another link into the same engine, as whoever sits at its terminal gets one by Enter. */
export async function anotherLink({ process }: Engine): Promise<string> {
  const from = process.events.length
  process.write(b4a.from('\n'))
  const { url } = await process.waitFor('app', () => true, { from, timeoutMs: STEP_MS })
  return url
}

/**
 * Resolves when the screen that was there before has gone. What comes in its place may still be on its way.
 * @param at as `recordings`, `watch/<recording>`
 */
export async function goTo(page: Page, at: string): Promise<void> {
  await page.evaluate(
    `new Promise((resolve) => {
      const before = location.hash
      const drawn = () => setTimeout(resolve)
      addEventListener('hashchange', drawn, { once: true })
      location.hash = ${JSON.stringify(at)}
      if (location.hash === before) drawn()
    })`
  )
}
