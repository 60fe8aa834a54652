// Every screen, on a phone and at a computer, in French and in English: nothing that somebody could not
// use, nothing that sticks out to the side. With TEMOIN_SCREENSHOTS=<folder> (`npm run screenshots`) it
// looks at all of them, in all combinations, and leaves a picture of each there.

import process from '#process'
import test from 'brittle'
import type { Assert } from 'brittle'
import type { Page } from 'playwright-core'
import { fs, path } from '../../core/runtime/fs.ts'
import { violations } from '../helpers/browser/axe.ts'
import { whyNoBrowser } from '../helpers/browser/chromium.ts'
import { goTo, open, startEngine } from '../helpers/browser/engine.ts'
import type { Engine } from '../helpers/browser/engine.ts'
import { createCliCircle } from '../helpers/cli/circle.ts'
import type { CliDevice } from '../helpers/cli/circle.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import { fixturePath, longClipIn } from '../helpers/films/clip.ts'
import { eventually } from '../helpers/eventually.ts'

const FOLDER = process.env['TEMOIN_SCREENSHOTS'] ?? null
/** For pictures that people look at. */
const NAMES = ['Ana', 'Ben', 'Cleo']
const LANGUAGES = ['fr', 'en'] as const
const COMBINATIONS =
  FOLDER === null
    ? ([
        ['phone', 'fr'],
        ['desktop', 'en']
      ] as const)
    : (['phone', 'desktop'] as const).flatMap((size) =>
        LANGUAGES.map((language) => [size, language] as const)
      )
const options = { timeout: 300_000, skip: whyNoBrowser !== null }
const unless = whyNoBrowser === null ? '' : ` (skipped: ${whyNoBrowser})`

interface Screen {
  name: string
  /** Behind `#`. */
  at: string
  /** What must be there before it is looked at. */
  shows?: string
}

test(`Every screen can be used by everybody, and fits${unless}`, options, async (t) => {
  const { engine, live, ended } = await furnished(t)
  for (const [size, language] of COMBINATIONS) {
    const colours = language === 'fr' ? 'dark' : 'light'
    const page = await open(t, engine, { size, language, colours })
    for (const screen of screens(live, ended)) {
      await show(page, screen)
      const name = `${screen.name}-${size}-${language}`
      t.alike(await violations(page), [], name)
      t.ok(await fits(page), `${name} fits`)
      if (FOLDER !== null) await page.screenshot({ path: path.join(FOLDER, `${name}.png`) })
    }
    await page.setViewportSize({ width: 320, height: 640 })
    for (const screen of screens(live, ended)) {
      await show(page, screen)
      t.ok(await fits(page), `${screen.name} fits on the narrowest phone (${language})`)
    }
    await page.context().close()
  }
})

function screens(live: string, ended: string[]): Screen[] {
  return [
    { name: 'film', at: 'film', shows: '.record' },
    { name: 'circle', at: 'circle', shows: 'main li' },
    { name: 'recordings', at: 'recordings', shows: '.still img' },
    { name: 'watch-live', at: `watch/${live}`, shows: '.live-sign' },
    { name: 'watch', at: `watch/${ended[0]!}`, shows: '.track, .strip span' },
    { name: 'together', at: `watch/${ended.join('/')}`, shows: '.tiles .tile + .tile' },
    { name: 'advice', at: 'advice', shows: 'h1' },
    { name: 'settings', at: 'settings', shows: 'fieldset' }
  ]
}

/** A circle of four: two films of one moment that are over, one that runs. */
async function furnished(t: Assert): Promise<{ engine: Engine; live: string; ended: string[] }> {
  if (FOLDER !== null) fs.mkdirSync(FOLDER, { recursive: true })
  const { dir, devices } = await createCliCircle(t, ['contact', 'keeper'], NAMES)
  const [first, second, keeper] = devices as [CliDevice, CliDevice, CliDevice]
  const engine = await startEngine(t, keeper.storage)
  const films = ['clip-h264-opus.mp4', 'chromium.mp4'] as const
  const ended = await Promise.all(
    [first, second].map(async (device, i) => {
      const filmed = await run(t, ['record', fixturePath(films[i]!), '--pace', 'live'], device)
      return filmed.last!['recording'] as string
    })
  )
  const clip = await longClipIn(dir, { seconds: 600 })
  const filming = temoin(t, ['record', clip, '--pace', 'live'], first)
  await filming.waitFor('held', ({ seconds }) => seconds > 2)
  const { recording: live } = await filming.waitFor('started')
  return { engine, live, ended }
}

async function show(page: Page, { at, shows = 'h1' }: Screen): Promise<void> {
  await goTo(page, at)
  await page.locator(shows).first().waitFor({ state: 'attached' })
  if (at.startsWith('watch/')) await eventually(() => hasPicture(page))
}

function hasPicture(page: Page): Promise<boolean> {
  return page.evaluate(
    "[...document.querySelectorAll('video')].every((video) => video.videoWidth > 0)"
  )
}

function fits(page: Page): Promise<boolean> {
  return page.evaluate('document.documentElement.scrollWidth <= innerWidth')
}
