// What people would use instead: a MediaRecorder whose pieces are put to two servers as they come, one of
// which a second page watches.

import type { Page } from 'playwright-core'
import { fs, path } from '../../core/runtime/fs.ts'
import { Role } from '../lib/role.ts'
import { BenchBrowser } from './browser.ts'
import { load } from './candidate.ts'
import type { Candidate } from './candidate.ts'
import { uploadPage, watchPage } from './in-page.ts'

export class UploadPages implements Candidate {
  readonly name: string
  readonly filming: Page
  readonly #watching: Page
  readonly #origins: string[]
  readonly #browsers: BenchBrowser[]
  readonly #holders: Role[]

  private constructor(
    name: string,
    pages: Page[],
    parts: { origins: string[]; browsers: BenchBrowser[]; holders: Role[] }
  ) {
    this.name = name
    this.filming = pages[0]!
    this.#watching = pages[1]!
    this.#origins = parts.origins
    this.#browsers = parts.browsers
    this.#holders = parts.holders
  }

  static async open(
    executable: string,
    { dir, name, mime, bitsPerSecond }: Options
  ): Promise<UploadPages> {
    const holders = [new Role('upload-holder'), new Role('upload-holder')]
    const origins: string[] = await Promise.all(
      holders.map(async (holder, i) => {
        const own = path.join(dir, String(i))
        await fs.promises.mkdir(own, { recursive: true })
        return holder.call('open', { dir: own })
      })
    )
    const pages = { '/film': uploadPage(origins, mime, bitsPerSecond), '/watch': watchPage(mime) }
    await Promise.all(holders.map((holder) => holder.call('show', pages)))
    const browsers = [await BenchBrowser.open(executable), await BenchBrowser.open(executable)]
    const filming = await browsers[0]!.page(origins[0]!)
    const watching = await browsers[1]!.page('about:blank')
    const parts = { origins, browsers, holders }
    return new UploadPages(name, [filming, watching], parts)
  }

  async prepare(camera: 'clock' | 'fake'): Promise<void> {
    await load(this.filming, camera, `${this.#origins[0]}/film`)
  }

  async watch(): Promise<Page> {
    await this.#watching.goto(`${this.#origins[1]}/watch`)
    return this.#watching
  }

  async stop(): Promise<void> {
    await this.filming.evaluate('stopFilming()')
    await this.#watching.goto('about:blank')
  }

  cpuSeconds(): number {
    return this.#browsers[0]!.cpuSeconds()
  }

  async close(): Promise<void> {
    await Promise.all(this.#browsers.map((browser) => browser.close()))
    await Promise.all(this.#holders.map((holder) => holder.stop()))
  }
}

interface Options {
  dir: string
  name: string
  /** For MediaRecorder and MediaSource alike. */
  mime: string
  bitsPerSecond: number
}
