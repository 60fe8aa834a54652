// The app: three devices in a circle. One films in its page, one holds and watches in its own, one holds.

import type { Page } from 'playwright-core'
import { path } from '../../core/runtime/fs.ts'
import { CliProcess } from '../../test/helpers/cli/cli.ts'
import { endedWithRoles } from '../lib/role.ts'
import { BenchBrowser, cpuOfFamily } from './browser.ts'
import { load } from './candidate.ts'
import type { Candidate } from './candidate.ts'

export class TemoinPages implements Candidate {
  readonly name = 'Temoin'
  readonly filming: Page
  readonly #watching: Page
  readonly #browsers: BenchBrowser[]
  readonly #processes: CliProcess[]

  private constructor(pages: Page[], browsers: BenchBrowser[], processes: CliProcess[]) {
    this.filming = pages[0]!
    this.#watching = pages[1]!
    this.#browsers = browsers
    this.#processes = processes
  }

  static async open(executable: string, dir: string): Promise<TemoinPages> {
    const [author, watcher, holder] = await circleOfThree(dir)
    const films = temoin(['app', '--no-open'], { storage: author! })
    const watches = temoin(['app', '--no-open'], { storage: watcher! })
    const holds = temoin(['hold'], { storage: holder! })
    const browsers = [await BenchBrowser.open(executable), await BenchBrowser.open(executable)]
    const pages = await Promise.all(
      [films, watches].map(async (app, i) => browsers[i]!.page((await app.waitFor('app')).url))
    )
    return new TemoinPages(pages, browsers, [films, watches, holds])
  }

  async prepare(camera: 'clock' | 'fake'): Promise<void> {
    await load(this.filming, camera)
    await this.filming.getByText('2 devices ready to receive').waitFor()
  }

  async watch(): Promise<Page> {
    const recording = await this.filming.evaluate<string>('bench.recording')
    await this.#watching.evaluate(`location.hash = 'watch/${recording}'`)
    const follows = this.#watching.getByRole('button', { name: 'Follow live', pressed: true })
    await follows.waitFor()
    return this.#watching
  }

  async stop(): Promise<void> {
    await this.filming.getByRole('button', { name: 'Stop filming', exact: true }).click()
    await this.filming.getByText('2 other devices have all of it.').waitFor()
    await this.#watching.evaluate("location.hash = 'settings'")
  }

  cpuSeconds(): number {
    return this.#browsers[0]!.cpuSeconds() + cpuOfFamily(this.#processes[0]!.pid)
  }

  async close(): Promise<void> {
    await Promise.all(this.#browsers.map((browser) => browser.close()))
    await Promise.all(this.#processes.map((process) => process.kill('SIGINT')))
  }
}

/** @returns their directories, who founded it first */
async function circleOfThree(dir: string): Promise<string[]> {
  const [author, ...others] = ['author', 'watcher', 'holder'].map((name) => path.join(dir, name))
  await done(temoin(['init', '--name', 'author'], { storage: author! }))
  await done(temoin(['circle', 'create', 'bench'], { storage: author! }))
  const host = temoin(['invite', '--uses', '2'], { storage: author! })
  const { url } = await host.waitFor('invite')
  for (const [i, storage] of others.entries()) {
    await done(temoin(['join', url, '--name', `member ${i}`], { storage }))
  }
  await done(host)
  return [author!, ...others]
}

function temoin(args: string[], options: { storage: string }): CliProcess {
  const process = new CliProcess(args, options)
  endedWithRoles(() => process.signal('SIGKILL'))
  return process
}

async function done(process: CliProcess): Promise<void> {
  const { code } = await process.ended
  if (code !== 0) throw new Error(`temoin ${process.args[0]}: ${process.err.trim()}`)
}
