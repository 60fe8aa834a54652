// A panic from the screens: two touches, and no screen shows or promises anything of the device that was.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Page } from 'playwright-core'
import { exists, path } from '../../../core/runtime/fs.ts'
import { violations } from '../../helpers/browser/looks/axe.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { goTo, open, startEngine } from '../../helpers/browser/engine.ts'
import { film } from '../../helpers/browser/people.ts'
import { told } from '../../helpers/browser/told.ts'
import { createCliDevice, lockCliDevice } from '../../helpers/cli/circle.ts'
import { filmed } from '../../helpers/cli/film.ts'
import { eventually } from '../../helpers/eventually.ts'

/** What was being fetched of a film when it was wiped. */
const expected = [/Failed to load resource/]
/** What sleeps for the first moment wakes when the test says so. */
const HOLD_ASLEEP = `{
  const set = window.setTimeout
  window.sleeping = []
  window.setTimeout = (wake, ms, ...rest) =>
    ms === 600 ? window.sleeping.push(wake) : set(wake, ms, ...rest)
}`
/** Of a device that is there. */
const PROMISES =
  /invite|handed on|hands on|nobody has|only this phone|film now|circle at a glance|your films/i

test(
  `Two touches wipe the device, and no screen shows or promises anything of it${unless}`,
  options,
  async (t) => {
    const { author } = await filmed(t)
    const page = await open(t, await startEngine(t, author.storage), { at: 'circle', expected })
    await page.getByText('1 device holds everything you filmed.').waitFor()
    await page.getByRole('button', { name: 'Wipe this device…' }).click()
    await page.getByRole('dialog').waitFor()
    t.alike(await violations(page), [])
    await page.getByRole('button', { name: 'Leave as it is' }).click()
    await wipe(page)
    await page.getByText('All recordings that were here are with others as well.').waitFor()
    t.absent(await exists(path.join(author.storage, 'seed')))
    t.absent(await exists(path.join(author.storage, 'store')))
    t.alike(await violations(page), [])
    await goTo(page, 'settings')
    await page.getByText('Its keys are destroyed').waitFor()
    for (const at of ['film', 'circle', 'circle/new', 'recordings', 'watch/x', 'film-now']) {
      await goTo(page, at)
      await isWiped(t, page, at)
    }
    await page.reload()
    await isWiped(t, page, 'loaded anew')
  }
)

test(
  `What nobody else has is said and kept, and deleted only when that is asked for${unless}`,
  options,
  async (t) => {
    const page = await open(t, await startEngine(t, path.join(await t.tmp(), 'ana')), { expected })
    await film(page)
    await eventually(() => isTakenIn(page))
    await page.getByRole('button', { name: 'Stop filming' }).click()
    await page.getByText('Nobody else has this film.').waitFor()
    await goTo(page, 'settings')
    await wipe(page)
    await page.getByText('Not yet safe with others: 1 recording. They have 0 % of it').waitFor()
    const folder = await page.locator('.wiped-folder').innerText()
    t.ok(await exists(folder), folder)
    t.alike(await violations(page), [])
    await page.getByRole('button', { name: 'Delete what is left as well…' }).click()
    await page.getByText('It cannot be brought back.').waitFor()
    t.alike(await violations(page), [])
    await page.getByRole('button', { name: 'Delete it' }).click()
    await page.getByText('nobody else is known to have all of it: 1 recording').waitFor()
    t.absent(await exists(folder))
    t.is(await page.getByRole('button', { name: /Delete/ }).count(), 0, 'nothing more to delete')
  }
)

test(
  `A hand that shakes wipes nothing by touching twice, and a keyboard can do it${unless}`,
  options,
  async (t) => {
    const page = await open(t, await startEngine(t, path.join(await t.tmp(), 'ana')), {
      at: 'settings',
      before: HOLD_ASLEEP
    })
    const first = page.getByRole('button', { name: 'Wipe this device…' })
    await first.focus()
    await page.keyboard.press('Enter')
    const second = page.getByRole('button', { name: 'Wipe now' })
    await second.waitFor()
    await page.keyboard.press('Enter')
    await second.waitFor({ state: 'detached' })
    t.pass('a key that is pressed twice asks, and asks no more')

    await first.click()
    await second.waitFor()
    t.ok(await second.isDisabled(), 'it takes no touch yet')
    await second.click({ force: true })
    t.is((await told(page)).device.phase, 'ready', 'nothing is wiped')
    await page.evaluate('sleeping.forEach((wake) => wake())')
    await eventually(() => second.isEnabled())
    await second.focus()
    await page.keyboard.press('Enter')
    await page.getByText('This device was wiped').waitFor()
  }
)

test(
  `A window that films ends its film and forgets it when another one wipes the device${unless}`,
  options,
  async (t) => {
    const engine = await startEngine(t, path.join(await t.tmp(), 'ana'))
    const one = await open(t, engine, { expected })
    const other = await open(t, engine, { expected })
    other.on('dialog', (dialog) => t.fail(`it asks: ${dialog.type()}`))
    await film(other)
    await eventually(() => isTakenIn(other))
    await goTo(one, 'settings')
    const hasBegunAnew = await beginsAnew(other)
    await wipe(one)
    await hasBegunAnew()
    await isWiped(t, other, 'the other')
    await eventually(() => other.workers().length === 0)
    t.pass('nothing films')
  }
)

test(
  `A device that was started locked is wiped without its passphrase${unless}`,
  options,
  async (t) => {
    const ana = await createCliDevice(t, await t.tmp(), 'ana')
    await lockCliDevice(ana, 'five words that chance picks')
    const page = await open(t, await startEngine(t, ana.storage), { at: 'circle' })
    await page.getByRole('button', { name: 'Unlock' }).waitFor()
    await wipe(page)
    await isWiped(t, page, 'circle')
    t.absent(await exists(path.join(ana.storage, 'seed')))
  }
)

/** The two touches. Resolves when nothing of the page that was is left. */
async function wipe(page: Page): Promise<void> {
  const hasBegunAnew = await beginsAnew(page)
  await page.getByRole('button', { name: 'Wipe this device…' }).click()
  await page.getByRole('button', { name: 'Wipe now' }).click()
  await hasBegunAnew()
}

/** @returns resolves when the page has lost its memory since */
async function beginsAnew(page: Page): Promise<() => Promise<unknown>> {
  await page.evaluate('window.isOld = true')
  const isOld = (): Promise<boolean> =>
    page.evaluate('window.isOld === true').catch(() => true) as Promise<boolean>
  return () => eventually(async () => !(await isOld()))
}

async function isWiped(t: Assert, page: Page, what: string): Promise<void> {
  await page.getByRole('heading', { name: 'This device was wiped' }).waitFor()
  const words: string = await page.evaluate("document.querySelector('main').innerText")
  t.absent(PROMISES.exec(words)?.[0], what)
}

async function isTakenIn(page: Page): Promise<boolean> {
  const [running] = Object.values((await told(page)).filming)
  return running !== undefined && running.ownSeconds > 1
}
