// Watching in a real browser what a real device films or has filmed: two engines on a network of this
// machine, one of which only holds and shows.

import test from 'brittle'
import { violations } from '../../helpers/browser/axe.ts'
import { whyNoBrowser } from '../../helpers/browser/chromium.ts'
import { goTo, open, startEngine } from '../../helpers/browser/engine.ts'
import { isMoving, picture, pictures, pressed } from '../../helpers/browser/picture.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import type { CliDevice } from '../../helpers/cli/circle.ts'
import { run, temoin } from '../../helpers/cli/cli.ts'
import { filmed } from '../../helpers/cli/film.ts'
import { CLIP_SECONDS, fixturePath, longClipIn } from '../../helpers/films/clip.ts'
import { eventually } from '../../helpers/eventually.ts'

const options = { timeout: 120_000, skip: whyNoBrowser !== null }
const unless = whyNoBrowser === null ? '' : ` (skipped: ${whyNoBrowser})`

test(`A running film is watched near its camera, and from earlier${unless}`, options, async (t) => {
  const { dir, devices } = await createCliCircle(t, ['contact'])
  const [author, holder] = devices as [CliDevice, CliDevice]
  const engine = await startEngine(t, holder.storage)
  const clip = await longClipIn(dir, { seconds: 120 })
  const filming = temoin(t, ['record', clip, '--pace', 'live'], author)
  await filming.waitFor('started')
  await filming.waitFor('held', ({ seconds }) => seconds > 5)

  const page = await open(t, engine, { at: 'recordings' })
  await page.getByRole('link', { name: /founder/ }).click()
  await eventually(() => isMoving(page))
  t.ok((await picture(page)).at > 4, 'what was filmed before is left out')
  await eventually(async () => (await pressed(page, 'Follow live')) === 'true')

  const { at } = await picture(page)
  await page.getByRole('button', { name: 'Ten seconds back' }).click()
  await eventually(async () => (await picture(page)).at < at - 3 && (await isMoving(page)))
  t.is(await pressed(page, 'Follow live'), 'false', 'it does not say that it is live')
  await page.getByRole('button', { name: 'Follow live' }).click()
  await eventually(async () => (await picture(page)).at > at && (await isMoving(page)))
  await eventually(async () => (await pressed(page, 'Follow live')) === 'true')
})

test(`A finished film is played to its end, and from any moment${unless}`, options, async (t) => {
  const { holder, recording } = await filmed(t)
  const page = await open(t, await startEngine(t, holder.storage), { at: 'recordings' })
  const still = page.locator('.still img')
  await eventually(async () => (await still.count()) === 1)
  t.alike(await violations(page), [], 'the list')

  await goTo(page, `watch/${recording}`)
  await eventually(() => isMoving(page))
  await page.getByRole('slider').fill('4')
  await eventually(async () => (await picture(page)).at >= 4)
  await eventually(async () => (await picture(page)).at > CLIP_SECONDS - 0.5)
  t.pass('played to its end')

  t.alike(await violations(page), [], 'the film')
})

test(`Two films of one moment run side by side on one clock${unless}`, options, async (t) => {
  const { devices } = await createCliCircle(t, ['contact', 'keeper'])
  const [first, second, keeper] = devices as [CliDevice, CliDevice, CliDevice]
  const engine = await startEngine(t, keeper.storage)
  const clip = fixturePath('clip-h264-opus.mp4')
  const ended = await Promise.all([
    run(t, ['record', clip, '--pace', 'live'], first),
    run(t, ['record', fixturePath('chromium.webm'), '--pace', 'live'], second)
  ])
  t.alike(
    ended.map(({ code }) => code),
    [0, 0]
  )

  const page = await open(t, engine, { size: 'desktop', at: 'recordings' })
  await page.getByRole('link', { name: /founder/ }).click()
  await page.getByRole('link', { name: 'Watch side by side' }).click()
  await eventually(async () => (await pictures(page)).length === 2)
  await eventually(async () => (await pictures(page)).every(({ widthPx }) => widthPx > 0))
  t.alike(await violations(page), [])
  const clock = page.getByRole('slider')
  const before = Number(await clock.inputValue())
  await eventually(async () => Number(await clock.inputValue()) > before + 1000)
  t.pass('the clock runs')
})

test(`What this browser cannot decode is said, with what to do${unless}`, options, async (t) => {
  const { holder, recording } = await filmed(t)
  const page = await open(t, await startEngine(t, holder.storage))
  await page.evaluate('MediaSource.isTypeSupported = () => false')
  await goTo(page, `watch/${recording}`)
  const said = page.getByText('This browser cannot show this kind of film')
  await eventually(() => said.isVisible())
  t.ok((await said.innerText()).includes('avc1'), 'it names the codec')
})
