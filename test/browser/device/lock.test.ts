// A device that is put away: locked by a touch, it films and hands on, shows nobody anything, and opens by its
// passphrase alone.

import test from 'brittle'
import type { Page } from 'playwright-core'
import { path } from '../../../core/runtime/fs.ts'
import { violations } from '../../helpers/browser/axe.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { goTo, open, startEngine } from '../../helpers/browser/engine.ts'
import { film } from '../../helpers/browser/people.ts'
import { asked, told } from '../../helpers/browser/told.ts'
import { createCliDevice, lockCliDevice } from '../../helpers/cli/circle.ts'
import { eventually } from '../../helpers/eventually.ts'

const PASSPHRASE = 'five words that chance picks'

test(
  `A locked device says so, films with one tap, and opens by its passphrase alone${unless}`,
  options,
  async (t) => {
    const page = await open(t, await startEngine(t, path.join(await t.tmp(), 'ana')))
    await asked(page, 'device.protect', { passphrase: PASSPHRASE })
    await goTo(page, 'settings')
    await page.getByText('goes on filming and handing on').waitFor()
    t.alike(await violations(page), [])
    await page.getByRole('button', { name: 'Lock now' }).click()
    await page.getByRole('button', { name: 'Unlock' }).waitFor()

    await film(page)
    await eventually(() => isTakenIn(page))
    t.pass('the engine has what it films, though it was in no circle before')
    await page.getByRole('button', { name: 'Stop filming' }).click()
    await page.getByRole('button', { name: 'Film again' }).click()
    await page.getByRole('link', { name: /^Locked: what you film goes/ }).click()
    const field = page.getByLabel('Passphrase')
    await field.fill('another one')
    await field.press('Enter')
    await page.getByText('This does not open it. Try again.').waitFor()
    t.alike(await violations(page), [])
    await eventually(
      async () => (await isFocused(page, 'password')) && (await field.inputValue()) === ''
    )
    t.pass('what was typed is gone, and the field waits for the next')
    await page.keyboard.type(PASSPHRASE)
    await page.getByRole('button', { name: 'Unlock' }).click()
    await page.getByText('If this phone is taken now').waitFor()
    t.absent((await told(page)).device.locked)
  }
)

test(
  `A film begun on a device that was started locked is handed on once it is unlocked${unless}`,
  options,
  async (t) => {
    const ana = await createCliDevice(t, await t.tmp(), 'ana')
    await lockCliDevice(ana, PASSPHRASE)
    const page = await open(t, await startEngine(t, ana.storage))
    await page.getByText('Locked since its start').waitFor()
    await film(page)
    await page.getByText('Locked: this film is only in the memory of this page.').waitFor()
    t.alike(await violations(page), [])
    await page.getByRole('button', { name: 'Stop filming' }).click()
    await page.getByText('this device is locked. Keep this page open').waitFor()
    t.alike(await violations(page), [])
    await page.getByRole('link', { name: 'Unlock' }).click()
    await page.getByLabel('Passphrase').fill(PASSPHRASE)
    await page.getByRole('button', { name: 'Unlock' }).click()
    await eventually(async () => {
      const films = Object.values((await told(page)).recordings)
      return films.some(({ own, phase }) => own && phase === 'sealed')
    })
    await page.getByText('only in the memory of this page').waitFor({ state: 'detached' })
    t.pass('the engine has all of it')
  }
)

async function isTakenIn(page: Page): Promise<boolean> {
  const [running] = Object.values((await told(page)).filming)
  return running !== undefined && running.ownSeconds > 1
}

function isFocused(page: Page, type: string): Promise<boolean> {
  return page.evaluate(`document.activeElement?.type === '${type}'`)
}
