// Nothing jumps under somebody's thumb: while a film runs and what is said of it changes, while lists fill,
// while people come and go. Measured by Chromium itself (test/helpers/browser/looks/shifts.ts).

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Page } from 'playwright-core'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { goTo, open, startEngine } from '../../helpers/browser/engine.ts'
import { shiftsOf, WATCH_SHIFTS } from '../../helpers/browser/looks/shifts.ts'
import { give, IN_OUR_HAND, take } from '../../helpers/browser/trouble.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import type { CliDevice } from '../../helpers/cli/circle.ts'
import { temoin } from '../../helpers/cli/cli.ts'
import { filmed } from '../../helpers/cli/film.ts'
import { longClipIn } from '../../helpers/films/clip.ts'

/** A bar of a phone that comes or goes is about 0.02. */
const MAX_SHIFT = 0.01
/** How its banner begins. */
const NO_SOUND = { fr: 'Pas de son', en: 'No sound', ar: 'لا صوت' }
const before = `${WATCH_SHIFTS}; ${IN_OUR_HAND}`
/** Its engine is killed: that it is missed is no error of the page. */
const expected = [/ERR_CONNECTION|WebSocket|Failed to load resource/]

for (const language of ['fr', 'en', 'ar'] as const) {
  const title = `While it films, and afterwards, nothing jumps (${language})${unless}`
  test(title, options, async (t) => {
    const { devices } = await createCliCircle(t, ['contact'])
    const [author, holder] = devices as [CliDevice, CliDevice]
    const page = await open(t, await startEngine(t, author.storage), { language, before })
    await page.locator('.film-standing.warn').waitFor()
    await page.locator('.record:enabled').waitFor()
    await isSteady(t, page, 'before the tap')
    await page.locator('.record').click()
    await page.locator('.safety.danger').waitFor()
    await isSteady(t, page, 'a film begins')
    const holding = temoin(t, ['hold'], holder)
    await page.locator('.safety.safe').waitFor()
    await isSteady(t, page, 'somebody has it')
    await take(page, 'audio')
    const banner = page.getByText(NO_SOUND[language])
    await banner.waitFor()
    await isSteady(t, page, 'a banner comes')
    await give(page, 'audio')
    await banner.waitFor({ state: 'detached' })
    await isSteady(t, page, 'a banner goes')
    await page.locator('.film-tags .button').first().click()
    await page.locator('.film-said-words').waitFor()
    await isSteady(t, page, 'something is noted')
    await holding.kill('SIGKILL')
    await page.locator('.safety:not(.safe)').waitFor()
    await isSteady(t, page, 'nobody is there any more')
    await page.locator('.record').click()
    await page.locator('.after').waitFor()
    await isSteady(t, page, 'it ends')
    temoin(t, ['hold'], holder)
    await page.locator('.after .banner.safe').waitFor()
    await isSteady(t, page, 'the rest is handed on')
  })
}

test(`The circle, the films and one of them fill without a jump${unless}`, options, async (t) => {
  const { author, holder, recording } = await filmed(t)
  const engine = await startEngine(t, holder.storage)
  const page = await open(t, engine, { at: 'circle', language: 'fr', before, expected })
  await page.locator('main li').first().waitFor()
  await isSteady(t, page, 'the circle comes')
  const nobody = page.getByText('Personne de ce cercle ne répond.')
  await nobody.waitFor()
  await isSteady(t, page, 'nobody answers')
  const holding = temoin(t, ['hold'], author)
  await page.locator('.dot.on').nth(1).waitFor()
  await nobody.waitFor({ state: 'detached' })
  await isSteady(t, page, 'somebody is there')
  await goTo(page, 'recordings')
  await page.locator('.still img').waitFor()
  await isSteady(t, page, 'the list of films fills')
  await goTo(page, `watch/${recording}`)
  await page.locator('.strip .held').first().waitFor({ state: 'attached' })
  await isSteady(t, page, 'a film and what is known of it')
  await goTo(page, 'circle')
  await page.locator('.dot.on').nth(1).waitFor()
  await isSteady(t, page, 'the circle again')
  await holding.kill('SIGINT')
  await page.locator('.dot.on').nth(1).waitFor({ state: 'detached' })
  await isSteady(t, page, 'somebody goes')
  await engine.process.kill('SIGKILL')
  await page.locator('.banner.danger').waitFor()
  await isSteady(t, page, 'the engine goes')
})

for (const language of ['fr', 'ar']) {
  const title = `Films that begin while the list is looked at wait for a touch (${language})${unless}`
  test(title, options, async (t) => {
    const { dir, author, holder } = await filmed(t)
    const clip = await longClipIn(dir, { seconds: 1200 })
    const engine = await startEngine(t, holder.storage)
    const page = await open(t, engine, { at: 'recordings', language, before, expected })
    await page.locator('.still img').waitFor()
    await page.locator('h1').click() // from here on somebody looks at it
    await isSteady(t, page, 'the list before')
    temoin(t, ['record', clip, '--pace', 'live'], author)
    const newer = page.locator('.newer[role=status] .button')
    await newer.waitFor()
    await isSteady(t, page, 'a film begins')
    t.is(await page.locator('main li').count(), 1, 'the list is what it was')
    await newer.click()
    await page.locator('main li .live-sign').waitFor()
    t.ok(await page.locator('main li').first().locator('.live-sign').isVisible(), 'on top')
    t.is(await newer.count(), 0, 'nothing is left to show')
  })
}

async function isSteady(t: Assert, page: Page, what: string): Promise<void> {
  const { sum, moved } = await shiftsOf(page)
  t.comment(`${what}: ${sum.toFixed(4)}`)
  t.ok(sum < MAX_SHIFT, sum < MAX_SHIFT ? what : `${what}: ${moved.join('\n')}`)
}
