// Filming in a real browser with a fake camera, over real engines on a network of this machine: what the
// screen says while it happens, and that others have the film afterwards.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Page } from 'playwright-core'
import { violations } from '../helpers/browser/axe.ts'
import { whyNoBrowser } from '../helpers/browser/chromium.ts'
import { open, startEngine, type Engine } from '../helpers/browser/engine.ts'
import { createCliCircle } from '../helpers/cli/circle.ts'
import type { CliDevice } from '../helpers/cli/circle.ts'
import { run, temoin } from '../helpers/cli/cli.ts'
import { eventually } from '../helpers/eventually.ts'

const options = { timeout: 180_000, skip: whyNoBrowser !== null }
const unless = whyNoBrowser === null ? '' : ` (skipped: ${whyNoBrowser})`

test(`One tap films, and the screen says who has it${unless}`, options, async (t) => {
  const { holder, engine } = await filmingDevice(t)
  const page = await open(t, engine)
  await eventually(() => page.getByText('1 device ready to receive').isVisible())
  t.alike(await violations(page), [], 'before the tap')

  await tap(page, 'Film now')
  await eventually(() => page.locator('.safety.safe').isVisible())
  t.ok((await safety(page)).includes('1 copy elsewhere'))
  t.alike(await violations(page), [], 'while filming')
  await eventually(async () => (await time(page)) >= 3)

  await tap(page, 'Stop filming')
  await eventually(() => page.getByText('1 other device has all of it.').isVisible())
  t.alike(await violations(page), [], 'afterwards')

  const seconds = secondsIn(await page.getByRole('heading', { level: 1 }).innerText())
  await holder.process.kill('SIGINT')
  const listed = await run(t, ['list'], holder.device)
  const [film] = listed.events.filter(({ event }) => event === 'recording')
  t.is(film?.['author'] !== undefined && film['sealed'], true, 'the holder has its end')
  t.ok(Math.abs(Number(film?.['seconds']) - seconds) <= 1.5, `${film?.['seconds']} of ${seconds} s`)
})

test(
  `The shortcut films without a tap, and with no circle says that nobody has it${unless}`,
  options,
  async (t) => {
    const { devices } = await createCliCircle(t, [])
    const engine = await startEngine(t, devices[0]!.storage)
    const page = await open(t, engine, { at: 'film-now' })
    await eventually(() => page.locator('.safety.danger').isVisible())
    t.ok((await safety(page)).includes('Nobody has this yet'))
    await page.evaluate(`location.hash = '#circle'`)
    await eventually(() => page.evaluate(`location.hash === '#film'`))
    t.ok(await page.locator('.safety').isVisible(), 'no other screen hides that it films')
    await tap(page, 'Stop filming')
    await eventually(() => page.getByText('Nobody else has this film.').isVisible())
  }
)

async function filmingDevice(t: Assert): Promise<{
  author: CliDevice
  engine: Engine
  holder: { device: CliDevice; process: ReturnType<typeof temoin> }
}> {
  const { devices } = await createCliCircle(t, ['contact'])
  const [author, device] = devices as [CliDevice, CliDevice]
  const process = temoin(t, ['hold'], device)
  const engine = await startEngine(t, author.storage)
  return { author, engine, holder: { device, process } }
}

async function tap(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

/** How safe the film is, by the screen. */
function safety(page: Page): Promise<string> {
  return page.locator('.safety-words').innerText()
}

async function time(page: Page): Promise<number> {
  return secondsIn(await page.getByRole('timer').innerText())
}

/** `0:07` in a sentence. */
function secondsIn(text: string): number {
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(text)!
  return Number(minutes) * 60 + Number(seconds)
}
