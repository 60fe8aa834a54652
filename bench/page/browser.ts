// A Chromium of the bench: without a window, with a fake camera, and with an account of the processor time
// that it and every process it started have used.

import os from '#os'
import { chromium } from 'playwright-core'
import type { Browser, BrowserServer, Page } from 'playwright-core'
import { fs, path } from '../../core/runtime/fs.ts'
import { endedWithRoles } from '../lib/role.ts'
import { root } from '../../test/helpers/root.ts'
import { HOOKS } from './in-page.ts'

const ARGS = [
  ...['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--disable-gpu'],
  ...['--autoplay-policy=no-user-gesture-required', '--disable-renderer-backgrounding'],
  ...['--disable-backgrounding-occluded-windows', '--disable-background-networking']
]
/** Of the kernel's clock ticks: a constant of Linux on every machine we know. */
const TICKS_PER_SECOND = 100
const SIZE = { width: 390, height: 844 }

export class BenchBrowser {
  readonly #server: BrowserServer
  readonly #browser: Browser

  private constructor(server: BrowserServer, browser: Browser) {
    this.#server = server
    this.#browser = browser
  }

  /** What it is, in words; null where none is here, or where its costs could not be counted. */
  static async found(): Promise<{ path: string; version: string } | null> {
    if (os.platform() !== 'linux') return null
    const finder = 'file://' + path.join(root, 'scripts/lib/chromium/find.mjs')
    return (await import(finder)).findChromium()
  }

  static async open(executablePath: string): Promise<BenchBrowser> {
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false }
    const server = await chromium.launchServer({ executablePath, args: ARGS, ...signals })
    endedWithRoles(() => server.process().kill('SIGKILL'))
    return new BenchBrowser(server, await chromium.connect(server.wsEndpoint()))
  }

  async page(url: string): Promise<Page> {
    const permissions = ['camera', 'microphone']
    const context = await this.#browser.newContext({ viewport: SIZE, locale: 'en', permissions })
    const page = await context.newPage()
    await page.addInitScript(HOOKS)
    await page.goto(url)
    return page
  }

  /** So far, of the whole family. */
  cpuSeconds(): number {
    return cpuOfFamily(this.#server.process().pid!)
  }

  async close(): Promise<void> {
    await this.#browser.close()
    await this.#server.close()
  }
}

/** Of that process and of all it started that still run. */
export function cpuOfFamily(pid: number): number {
  const all = processes()
  const family = new Set([pid])
  for (let grown = 0; grown !== family.size;) {
    grown = family.size
    for (const { id, parent } of all) if (family.has(parent)) family.add(id)
  }
  const ticks = all.filter(({ id }) => family.has(id)).map(({ ticks }) => ticks)
  return ticks.reduce((sum, each) => sum + each, 0) / TICKS_PER_SECOND
}

interface Running {
  id: number
  parent: number
  ticks: number
}

function processes(): Running[] {
  const ids = fs
    .readdirSync('/proc')
    .map(String)
    .filter((name) => /^\d+$/.test(name))
  return ids.map(Number).flatMap((id) => {
    try {
      const stat = String(fs.readFileSync(`/proc/${id}/stat`, 'utf8'))
      // The name before may hold anything; the state follows it.
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [{ id, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) }]
    } catch {
      return [] // it has just ended
    }
  })
}
