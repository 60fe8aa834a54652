// Watching in a real browser what a real device films or has filmed: two engines on a network of this
// machine, one of which only holds and shows.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Locator, Page } from 'playwright-core'
import { violations } from '../../helpers/browser/looks/axe.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { goTo, open, startEngine } from '../../helpers/browser/engine.ts'
import { hold, isMoving, picture, pictures } from '../../helpers/browser/picture.ts'
import { play, pressed, setTo } from '../../helpers/browser/picture.ts'
import { told } from '../../helpers/browser/told.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import type { CliDevice } from '../../helpers/cli/circle.ts'
import { temoin } from '../../helpers/cli/cli.ts'
import { filmed, filmTogether } from '../../helpers/cli/film.ts'
import { CLIP_SECONDS, endlessClipIn, fixturePath } from '../../helpers/films/clip.ts'
import { eventually } from '../../helpers/eventually.ts'

test(`A running film is watched near its camera, and from earlier${unless}`, options, async (t) => {
  const { dir, devices } = await createCliCircle(t, ['contact'])
  const [author, holder] = devices as [CliDevice, CliDevice]
  const engine = await startEngine(t, holder.storage)
  const filming = temoin(t, ['record', await endlessClipIn(dir), '--pace', 'live'], author)
  await filming.waitFor('started')
  await filming.waitFor('held', ({ seconds }) => seconds > 5)

  const page = await open(t, engine, { at: 'recordings' })
  await page.getByRole('link', { name: /founder/ }).click()
  await eventually(() => isMoving(page))
  t.ok((await picture(page)).at > 4, 'what was filmed before is left out')
  await eventually(async () => (await pressed(page, 'Follow live')) === 'true')

  await hold(page)
  const { at } = await picture(page)
  await page.getByRole('button', { name: 'Ten seconds back' }).click()
  await eventually(async () => (await picture(page)).at < at - 3)
  await eventually(async () => (await pressed(page, 'Follow live')) === 'false')
  await play(page)
  await eventually(() => isMoving(page))
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
  await eventually(async () => (await picture(page)).at > CLIP_SECONDS - 0.5)
  t.pass('played to its end')
  const holders = page.getByRole('list', { name: 'Who has it' }).getByRole('listitem')
  t.alike(await holders.allInnerTexts(), ['You\nAll of it'], 'who looks at it has it')
  await hold(page)
  await setTo(page, 4)
  await eventually(async () => Math.abs((await picture(page)).at - 4) < 0.2)
  await play(page)
  await eventually(async () => (await picture(page)).at > CLIP_SECONDS - 0.5)
  t.pass('and from where it was set to')

  t.alike(await violations(page), [], 'the film')
})

test(
  `A film that was played to its end begins again at its first picture${unless}`,
  options,
  async (t) => {
    const { holder, recording } = await filmed(t, 45)
    const at = `watch/${recording}`
    const page = await open(t, await startEngine(t, holder.storage), { at })
    await eventually(() => isMoving(page))
    await hold(page)
    await setTo(page, 43) // of what is before it the browser has nothing then
    await play(page)
    await eventually(() => page.evaluate(`document.querySelector('video').ended`))
    await page.evaluate(NOTE_FIRST_PICTURE)
    await play(page)
    await eventually(() => page.evaluate('first !== null'))
    const first = await page.evaluate<{ at: number; end: number }>('first')
    t.ok(first.at < 1, `${first.at} s`)
    t.ok(first.end < 40, 'what was there of its end is read again in its turn')
    await eventually(() => isMoving(page))
  }
)

test(`Two films of one moment run side by side on one clock${unless}`, options, async (t) => {
  const { page, clock, startMs } = await sideBySide(t)
  await eventually(async () => (await pictures(page)).every(({ widthPx }) => widthPx > 0))
  t.alike(await violations(page), [])
  await hold(page)
  await setTo(page, startMs)
  t.is(Number(await clock.inputValue()), startMs, 'it stands where it was set to')
  const before = await pictures(page)
  await play(page)
  await eventually(async () => Number(await clock.inputValue()) > startMs + 1000)
  await eventually(async () => (await pictures(page)).every(({ at }, i) => at > before[i]!.at + 1))
  t.pass('the clock runs, and both films with it')
})

test(
  `Where all films of one clock are over it stops, and begins again at their start${unless}`,
  options,
  async (t) => {
    const { page, clock, startMs } = await sideBySide(t)
    const endMs = Number(await clock.getAttribute('max'))
    await hold(page)
    await setTo(page, startMs + STEP_MS * Math.floor((endMs - 2000 - startMs) / STEP_MS))
    await play(page)
    const stopped = page.getByRole('button', { name: 'Play', exact: true })
    await stopped.waitFor()
    t.ok(Number(await clock.inputValue()) > endMs - 1000, 'at the end')
    t.ok((await pictures(page)).every(({ paused }) => paused))
    await page.evaluate(NOTE_CLOCK)
    await stopped.click()
    await eventually(() => page.evaluate(`Math.min(...shown) < ${endMs - 2000}`))
    const first: number = await page.evaluate('Math.min(...shown)')
    t.ok(Math.abs(first - startMs) < 1000, 'where the second of them begins')
  }
)

test(`What this browser cannot decode is said, with what to do${unless}`, options, async (t) => {
  const { holder, recording } = await filmed(t)
  const page = await open(t, await startEngine(t, holder.storage))
  await page.evaluate('MediaSource.isTypeSupported = () => false')
  await goTo(page, `watch/${recording}`)
  const said = page.getByText('This browser cannot show this kind of film')
  await eventually(() => said.isVisible())
  t.ok((await said.innerText()).includes('avc1'), 'it names the codec')
})

test(
  `The address of a page names no film, and a page that is loaded anew shows the list${unless}`,
  options,
  async (t) => {
    const { holder, recording } = await filmed(t)
    const engine = await startEngine(t, holder.storage)
    const page = await open(t, engine, { at: `watch/${recording}` })
    const film = page.getByRole('button', { name: 'Export and check' })
    await film.waitFor()
    const address = page.url()
    t.absent(address.includes(recording), 'what was typed is replaced')
    await page.reload()
    const listed = page.getByRole('link', { name: /founder/ })
    await listed.click()
    await film.waitFor()
    t.is(page.url(), address, 'the first film of this page, whichever it is')
    await page.goBack()
    await listed.waitFor()
  }
)

/** Two films that ran at the same time however slow this machine is, on the screen of who holds both. */
async function sideBySide(t: Assert): Promise<{ page: Page; clock: Locator; startMs: number }> {
  const { dir, devices } = await createCliCircle(t, ['contact', 'keeper'])
  const [first, second, keeper] = devices as [CliDevice, CliDevice, CliDevice]
  const engine = await startEngine(t, keeper.storage)
  await filmTogether(t, dir, [first, second], fixturePath('chromium.webm'))
  const page = await open(t, engine, { size: 'desktop', at: 'recordings' })
  await page.getByRole('link', { name: /founder/ }).click()
  await page.getByRole('link', { name: 'Watch side by side' }).click()
  await eventually(async () => (await pictures(page)).length === 2)
  const clock = page.getByRole('slider')
  const films = Object.values((await told(page)).recordings)
  const latestMs = Math.max(...films.map(({ startedAtMs }) => startedAtMs))
  const fromMs = Number(await clock.getAttribute('min'))
  return { page, clock, startMs: fromMs + Math.ceil((latestMs - fromMs) / STEP_MS) * STEP_MS }
}

/** Where the film is at the next picture that is shown, and up to where the browser has it then. */
const NOTE_FIRST_PICTURE = `{
  globalThis.first = null
  const video = document.querySelector('video')
  video.requestVideoFrameCallback((_, { mediaTime: at }) => {
    first = { at, end: video.buffered.end(video.buffered.length - 1) }
  })
}`
/** Of its slider. */
const STEP_MS = 100
/** Where the clock stands whenever that changes. */
const NOTE_CLOCK = `{
  const clock = document.querySelector('.watch-all input')
  globalThis.shown = []
  new MutationObserver(() => shown.push(Number(clock.value))).observe(clock, { attributes: true })
}`
