// A device under a passphrase that its owner puts away: locked by a touch, it films and hands on, shows nobody anything, and opens by its
// passphrase alone.

import test from 'brittle'
import type { Page } from 'playwright-core'
import { path } from '../../../core/runtime/fs.ts'
import { violations } from '../../helpers/browser/looks/axe.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { goTo, open, startEngine } from '../../helpers/browser/engine.ts'
import { film } from '../../helpers/browser/people.ts'
import { asked, told } from '../../helpers/browser/told.ts'
import { createCliDevice, lockCliDevice } from '../../helpers/cli/circle.ts'
import { eventually } from '../../helpers/eventually.ts'

const PASSPHRASE = 'five words that chance picks'
const ANOTHER = 'five others that chance picks'

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

test(
  `A passphrase is set, changed and taken away, each with what it means, and no weak one${unless}`,
  options,
  async (t) => {
    const page = await open(t, await startEngine(t, path.join(await t.tmp(), 'ana')))
    const says = (text: string): Promise<void> => page.getByText(text).waitFor()
    const form = (name: string) => page.getByRole('form', { name })
    const isProtected = async (): Promise<boolean> => (await told(page)).device.protected
    await goTo(page, 'settings')
    await page.getByRole('link', { name: 'Set a passphrase…' }).click()
    const set = form('Set a passphrase')
    await set.getByLabel('New passphrase').fill(PASSPHRASE)
    await set.getByLabel('The same once more').fill('another one')
    await set.getByRole('button').click()
    await says('These are two different ones')
    for (const name of ['New passphrase', 'The same once more']) {
      await set.getByLabel(name).fill('123456')
    }
    await set.getByRole('button').click()
    await says('Too easy to guess')
    t.absent(await isProtected())
    t.alike(await violations(page), [])
    for (const name of ['New passphrase', 'The same once more']) {
      await set.getByLabel(name).fill(PASSPHRASE)
    }
    await set.getByRole('button').click()
    await says('This device has a passphrase now.')
    t.ok(await isProtected())

    const change = form('Change it')
    await change.getByLabel('The passphrase it has now').fill('another one')
    for (const name of ['New passphrase', 'The same once more']) {
      await change.getByLabel(name).fill(ANOTHER)
    }
    await change.getByRole('button').click()
    await says('That is not the one it has now')
    t.alike(await violations(page), [])
    await change.getByLabel('The passphrase it has now').fill(PASSPHRASE)
    await change.getByRole('button').click()
    await says('The new passphrase holds from now on.')

    const remove = form('Take it away')
    await remove.getByLabel('The passphrase it has now').fill(PASSPHRASE)
    await remove.getByRole('button').click()
    await says('That is not the one it has now')
    await remove.getByLabel('The passphrase it has now').fill(ANOTHER)
    await remove.getByRole('button').click()
    await says('This device has no passphrase any more.')
    t.absent(await isProtected())
  }
)

async function isTakenIn(page: Page): Promise<boolean> {
  const [running] = Object.values((await told(page)).filming)
  return running !== undefined && running.ownSeconds > 1
}

function isFocused(page: Page, type: string): Promise<boolean> {
  return page.evaluate(`document.activeElement?.type === '${type}'`)
}
