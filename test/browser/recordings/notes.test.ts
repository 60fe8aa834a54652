// Noting what is seen: with one tap while filming, in words afterwards; on the timeline of another device, in
// the package, and never as a part of the film.

import test from 'brittle'
import type { Page } from 'playwright-core'
import { violations } from '../../helpers/browser/looks/axe.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { open, startEngine } from '../../helpers/browser/engine.ts'
import { exportedDir } from '../../helpers/browser/exported.ts'
import { film } from '../../helpers/browser/people.ts'
import { hold, picture, setTo } from '../../helpers/browser/picture.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import type { CliDevice } from '../../helpers/cli/circle.ts'
import { run } from '../../helpers/cli/cli.ts'
import { filmed } from '../../helpers/cli/film.ts'
import { eventually } from '../../helpers/eventually.ts'

test(
  `What is noted while filming stands in the film, at its moment${unless}`,
  options,
  async (t) => {
    const { devices } = await createCliCircle(t, ['contact'])
    const [author, holder] = devices as [CliDevice, CliDevice]
    const watching = await startEngine(t, holder.storage)
    const page = await open(t, await startEngine(t, author.storage))
    await film(page)
    await eventually(() => page.locator('.safety.safe').isVisible())
    await page.getByRole('button', { name: 'Plate' }).click()
    await eventually(() => page.getByText(/^Plate: noted at/).isVisible())
    await page.getByRole('button', { name: 'Note', exact: true }).click()
    t.alike(await violations(page), [], 'while something is written')
    await eventually(() => isReachable(page, 'Stop filming'))
    t.pass('the button that stops is not covered')
    await page.getByRole('button', { name: 'Number' }).click()
    await page.getByLabel('What do you see?').fill('RIO 1234567')
    const before = await seconds(page)
    await eventually(async () => (await seconds(page)) >= before + 3)
    await page.getByRole('button', { name: 'Keep' }).click()
    await eventually(() => page.getByText(/^RIO 1234567: noted at/).isVisible())
    await page.setViewportSize({ width: 320, height: 568 })
    await eventually(() => isReachable(page, 'Stop filming'))
    t.pass('nor on a small phone')
    await page.getByRole('button', { name: 'Stop filming' }).click()
    await eventually(() => page.getByText('1 other device has all of it.').isVisible())

    const other = await open(t, watching, { at: 'recordings' })
    await other.getByRole('link', { name: /founder/ }).click()
    const notes = other.getByRole('list', { name: 'Notes' }).getByRole('button')
    await eventually(async () => (await notes.count()) === 2)
    const said = await notes.allInnerTexts()
    t.ok(said.some((text) => text.includes('Number plate') && text.includes('noted while filming')))
    const words = said.find((text) => text.includes('RIO 1234567'))!
    t.ok(momentIn(words) <= before + 1, `${words}: of when it was begun, not of when it was kept`)
  }
)

test(
  `What is said afterwards is on the timeline and in the package, apart from the film${unless}`,
  options,
  async (t) => {
    const { holder, recording } = await filmed(t)
    const page = await open(t, await startEngine(t, holder.storage), { at: `watch/${recording}` })
    await eventually(async () => (await picture(page)).widthPx > 0)
    await hold(page) // where it is when something is said of it is in our hand
    await setTo(page, 2)
    await eventually(async () => Math.abs((await picture(page)).at - 2) < 0.2)
    await page.getByRole('button', { name: /^Note something at/ }).click()
    t.alike(await violations(page), [], 'the form')
    await page.getByLabel('Officer’s number (RIO)').check()
    await page.getByLabel('Your words').fill('RIO 7654321')
    await page.getByRole('button', { name: 'Sign and keep' }).click()
    const row = page.getByRole('list', { name: 'Notes' }).getByRole('button')
    await eventually(async () => (await row.count()) === 1)
    const text = await row.innerText()
    t.ok(text.includes('RIO 7654321') && text.includes('said afterwards by you'), text)
    t.alike(await violations(page), [], 'the list')
    await setTo(page, 5)
    await eventually(async () => (await picture(page)).at > 4)
    await row.click()
    await eventually(async () => (await picture(page)).at < 4)

    await page.getByRole('button', { name: 'Export and check' }).click()
    await eventually(() => page.getByText('People said something of it afterwards').isVisible())
    const dir = await exportedDir(page)
    const verified = await run(t, ['verify', dir])
    t.is(verified.code, 0, verified.err)
    const [annotation] = verified.last!['annotations']
    t.is(annotation.text, 'RIO 7654321')
    t.is(annotation.part, 1)
  }
)

test(
  `Who filmed says something of it, though it keeps no key for it${unless}`,
  options,
  async (t) => {
    const { author, recording } = await filmed(t)
    const engine = await startEngine(t, author.storage)
    const page = await open(t, engine, { at: `watch/${recording}`, expected: [/403/] })
    await page.getByRole('button', { name: /^Note something at/ }).click()
    await page.getByLabel('Your words').fill('AB-123-CD')
    await page.getByRole('button', { name: 'Sign and keep' }).click()
    await eventually(() => page.getByText('Noted at 0:00.').isVisible())
  }
)

/** What somebody touches there is it. */
async function isReachable(page: Page, name: string): Promise<boolean> {
  const box = (await page.getByRole('button', { name }).boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const label = await page.evaluate(
    `document.elementFromPoint(${x}, ${y})?.closest('button')?.ariaLabel ?? ''`
  )
  return label === name
}

async function seconds(page: Page): Promise<number> {
  return momentIn(await page.getByRole('timer').innerText())
}

function momentIn(text: string): number {
  const [, minutes, rest] = /(\d+):(\d\d)/.exec(text)!
  return Number(minutes) * 60 + Number(rest)
}
