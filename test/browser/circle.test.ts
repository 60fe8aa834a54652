// People in a doorway: one shows a code, the other films it, both read the same three words. Then what the
// circle screens say of one another, and of a device that is lost.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Page } from 'playwright-core'
import { path } from '../../core/runtime/fs.ts'
import { violations } from '../helpers/browser/looks/axe.ts'
import { options, unless } from '../helpers/browser/chromium.ts'
import { goTo, open, startEngine } from '../helpers/browser/engine.ts'
import type { Engine } from '../helpers/browser/engine.ts'
import { browserFilming } from '../helpers/browser/fake-camera.ts'
import { openPage } from '../helpers/browser/page.ts'
import { eventually } from '../helpers/eventually.ts'

test(
  `Two devices pair by a code that one shows and the other films${unless}`,
  options,
  async (t) => {
    const { ana, ben } = await paired(t)
    await seen(ana, 'Let in so far: 1 of 1')
    await goTo(ana, 'circle')
    await goTo(ben, 'circle')
    for (const page of [ana, ben]) {
      await seen(page, 'North quarter')
      await seen(page, '2 members')
      for (const name of ['Ana', 'Ben']) await seen(page, name)
      t.alike(await violations(page), [])
    }
  }
)

test(`Who is refused at the door is told so, with what to do${unless}`, options, async (t) => {
  const { ana, ben } = await atTheDoor(t)
  t.alike(await violations(ana), [])
  t.alike(await violations(ben), [])
  await ana.getByRole('button', { name: 'Refuse' }).click()
  await seen(ben, 'They did not let you in. Compare the three words with theirs')
  await seen(ana, 'you refused')
})

test(
  `A device that is lost is cut off, with what follows said before, and who did it after${unless}`,
  options,
  async (t) => {
    const { ana, ben } = await paired(t)
    await goTo(ana, 'circle')
    await goTo(ben, 'film')
    await seen(ben, '1 device ready to receive')
    await ana.getByRole('link', { name: 'Ben' }).click()
    await ana.getByRole('button', { name: 'Lost or taken: cut it off' }).click()
    await seen(ana, 'What it already holds, it keeps.')
    t.alike(await violations(ana), [])
    await ana.getByRole('button', { name: 'Cut it off', exact: true }).click()
    await seen(ana, 'You cut Ben off.')
    await seen(ben, 'This phone was cut off from its circle')
    await goTo(ben, 'circle')
    await seen(ben, 'You were removed from this circle by Ana at')
    await seen(ben, 'goes to nobody')
    t.alike(await violations(ben), [])
    await goTo(ana, 'circle')
    await seen(ana, 'Cut off by Ana: “Lost”')
    await seen(ana, '1 member')
  }
)

test(
  `Who changes its name is called so by the others, who see what it was${unless}`,
  options,
  async (t) => {
    const { ana, ben } = await paired(t)
    await goTo(ana, 'circle')
    await goTo(ben, 'circle')
    await ben.getByRole('link', { name: 'Ben' }).click()
    await rename(ben, 'Benjamin')
    await seen(ben, 'Said in every circle.')
    t.alike(await violations(ben), [])
    await seen(ana, 'First called “Ben”; has called itself this since')
    await ana.getByRole('link', { name: 'Benjamin' }).click()
    await seen(ana, 'Ben says that it is called “Benjamin” now.')
    await seen(ana, 'Under the name “Ben”.')
    t.alike(await violations(ana), [])
    await rename(ben, 'ANA')
    await goTo(ana, 'circle')
    await eventually(async () => /\bANA \(\w{8}\)/.test(await words(ana)))
    t.ok(/\bAna \(\w{8}\)/.test(await words(ana)), 'two who are called alike are told apart')
  }
)

test(
  `An invite that is not whole is refused in words, before anybody is asked${unless}`,
  options,
  async (t) => {
    const page = await open(t, await startEngine(t, path.join(await t.tmp(), 'one')))
    await goTo(page, 'circle')
    await page.getByRole('link', { name: 'Somebody invited me' }).click()
    await page.getByLabel('Or paste the link').fill('temoin:ybndrfg8')
    await page.getByRole('button', { name: 'Continue' }).click()
    await seen(page, 'This is not a whole invite.')
    t.alike(await violations(page), [])
  }
)

test(`The drill goes to its end and touches nothing of the device${unless}`, options, async (t) => {
  const page = await open(t, await startEngine(t, path.join(await t.tmp(), 'one')))
  await goTo(page, 'advice/drill')
  await next(page, 'Begin the drill')
  await next(page, 'Film (drill)')
  await next(page, 'Go on')
  await next(page, 'Step back, go on filming')
  await next(page, 'Go on')
  await next(page, 'Go on')
  await next(page, 'I want to see a lawyer')
  await next(page, 'Go on')
  await next(page, 'Cut the phone off (drill)')
  await next(page, 'Go on')
  await seen(page, 'The drill is over')
  await page.getByRole('link', { name: 'To my real circle' }).click()
  await seen(page, 'Nobody has your films yet')
})

test(
  `Every circle and advice screen can be used by everybody, in every language${unless}`,
  options,
  async (t) => {
    const engine = await startEngine(t, path.join(await t.tmp(), 'one'))
    const first = await open(t, engine)
    await invite(first)
    const places = ['circle', 'circle/new', 'circle/join', 'circle/invite', 'circle/changes']
    for (const language of ['en', 'fr', 'ar']) {
      const page = await open(t, engine, { language })
      for (const at of [...places, 'circle/alarms', 'advice', 'advice/drill']) {
        await goTo(page, at)
        await page.locator('h1').waitFor()
        t.alike(await violations(page), [], `${language} ${at}`)
        t.is(await overflow(page), 0, `${language} ${at} at phone width`)
      }
    }
  }
)

/** Ana founds a circle and invites; Ben films her screen, asks, and both wait. */
async function atTheDoor(t: Assert): Promise<{ ana: Page; ben: Page; engines: Engine[] }> {
  const dir = await t.tmp()
  const engines = [
    await startEngine(t, path.join(dir, 'ana')),
    await startEngine(t, path.join(dir, 'ben'))
  ]
  const ana = await open(t, engines[0]!, { size: 'desktop' })
  await invite(ana)
  await ana.getByRole('button', { name: 'Full screen' }).click()
  const camera = await browserFilming(t, ana, path.join(dir, 'code.y4m'))
  await ana.getByRole('button', { name: 'Back' }).click()
  const ben = await openPage(t, camera, engines[1]!.url)
  await goTo(ben, 'circle')
  await ben.getByRole('link', { name: 'Somebody invited me' }).click()
  await ben.getByRole('button', { name: 'Scan the code' }).click()
  await seen(ben, 'This invite makes you: Contact.')
  await ben.getByLabel('What the others call you').fill('Ben')
  await ben.getByRole('button', { name: 'Ask to come in' }).click()
  await seen(ben, 'Your three words')
  await seen(ana, 'Does Ben’s screen show these three words?')
  t.is(await phrase(ana), await phrase(ben), 'both read the same words')
  return { ana, ben, engines }
}

async function paired(t: Assert): Promise<{ ana: Page; ben: Page; engines: Engine[] }> {
  const door = await atTheDoor(t)
  await door.ana.getByRole('button', { name: 'Same words: let in' }).click()
  await seen(door.ben, 'You are in')
  return door
}

async function invite(page: Page): Promise<void> {
  await goTo(page, 'circle')
  await page.getByRole('link', { name: 'Invite somebody you trust' }).click()
  await page.getByLabel('What the others call you').fill('Ana')
  await page.getByLabel('Name of the circle').fill('North quarter')
  await page.getByRole('button', { name: 'Create and invite' }).click()
  await page.getByRole('button', { name: 'Show the code' }).click()
  await page.getByRole('img', { name: 'Code of the invite' }).waitFor()
}

async function rename(page: Page, name: string): Promise<void> {
  await page.getByLabel('What the others call this device').fill(name)
  await page.getByRole('button', { name: 'Change the name' }).click()
}

function phrase(page: Page): Promise<string | null> {
  return page.locator('.phrase-own').textContent()
}

async function seen(page: Page, text: string): Promise<void> {
  const said = async (): Promise<boolean> => (await words(page)).includes(text)
  await eventually(said).catch(async () => {
    throw new Error(`"${text}" is not on the page, which says: ${await words(page)}`)
  })
}

/** Without the marks that keep names apart. */
async function words(page: Page): Promise<string> {
  const text: string = await page.evaluate('document.body.innerText')
  return text.replace(/[\u2068\u2069]/g, '').replace(/\s+/g, ' ')
}

/** @param button how its words begin */
async function next(page: Page, button: string): Promise<void> {
  const name = new RegExp(`^“?${button.replace(/[()]/g, '\\$&')}`)
  await page.getByRole('button', { name }).click()
}

function overflow(page: Page): Promise<number> {
  return page.evaluate('Math.max(0, document.documentElement.scrollWidth - innerWidth)')
}
