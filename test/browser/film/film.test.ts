// Filming in a real browser with a fake camera, over real engines on a network of this machine: what the
// screen says while it happens, and that others have the film afterwards.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Page } from 'playwright-core'
import type { TimelineState } from '../../../core/api/contract.ts'
import { violations } from '../../helpers/browser/looks/axe.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { goTo, open, startEngine, type Engine } from '../../helpers/browser/engine.ts'
import { asked, lostIn, told } from '../../helpers/browser/told.ts'
import { createCliCircle } from '../../helpers/cli/circle.ts'
import type { CliDevice } from '../../helpers/cli/circle.ts'
import { run, temoin } from '../../helpers/cli/cli.ts'
import { eventually } from '../../helpers/eventually.ts'

test(`One tap films, and the screen says who has it${unless}`, options, async (t) => {
  const { holder, engine } = await filmingDevice(t)
  const page = await open(t, engine)
  await eventually(() => page.getByText('1 device ready to receive').isVisible())
  t.alike(await violations(page), [], 'before the tap')

  await tap(page, 'Film now')
  await eventually(() => page.locator('.safety.safe').isVisible())
  await eventually(async () => (await safety(page)).includes('1 copy elsewhere'))
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
    await eventually(async () => (await safety(page)).includes('Nobody has this yet'))
    await page.evaluate(`location.hash = '#circle'`)
    await eventually(() => page.evaluate(`location.hash === '#film'`))
    t.ok(await page.locator('.safety').isVisible(), 'no other screen hides that it films')
    await tap(page, 'Stop filming')
    await eventually(() => page.getByText('Nobody else has this film.').isVisible())
    await page.evaluate(`location.hash = '#film-now'`)
    await eventually(() => page.locator('.safety.danger').isVisible())
    t.pass('and again, though the screen still tells of the first')
    await tap(page, 'Stop filming')
    await eventually(() => page.getByText('Nobody else has this film.').isVisible())
  }
)

test(
  `Sound alone, a photo, the seconds before the tap, about where: each as it was chosen${unless}`,
  options,
  async (t) => {
    const { devices } = await createCliCircle(t, [])
    const engine = await startEngine(t, devices[0]!.storage)
    const place = { latitude: 48.85663, longitude: 2.35224, accuracy: 12 }
    const page = await open(t, engine, { place, before: CHOSEN })
    await page.getByText('s before the tap are kept in memory').waitFor()
    await eventually(async () => !/The [01] s before/.test(await page.locator('main').innerText()))
    await tap(page, 'Film now')
    await eventually(async () => (await timelineNow(page)).places.length > 0)
    const seen = await timelineAfter(page, 2)
    const beforeTap = seen.parts[0]!.preEventMs / 1000
    t.ok(beforeTap >= 1)
    t.ok(seen.seconds > beforeTap, `${beforeTap} s before the tap, ${seen.seconds} s in all`)
    const [where] = seen.places
    t.alike([where!.latitude, where!.longitude], [48.86, 2.35], 'no finer than a kilometre')
    t.ok(where!.accuracyM >= 800)
    t.alike(lostIn(seen), [])
    await goTo(page, `watch/${seen.recording}`)
    await page.getByText('held in memory before the tap').waitFor()
    await goTo(page, 'film')

    await tap(page, 'Sound')
    t.pass('who comes back to it finds it ready for the next film')
    await tap(page, 'Film now')
    const heard = await timelineAfter(page, 2)
    t.ok(heard.parts[0]!.mime.startsWith('audio/mp4'), heard.parts[0]!.mime)

    await tap(page, 'Film again')
    await tap(page, 'Photo')
    await tap(page, 'Take a photo')
    const photo = await timelineAfter(page, null)
    t.ok(photo.parts[0]!.mime.startsWith('video/mp4'))
    t.ok(photo.seconds > 0.2, `${photo.seconds} s`)
  }
)

const CHOSEN = `localStorage.setItem('temoin.before', 'on')
  localStorage.setItem('temoin.place', 'coarse')`

/** @param seconds when it is stopped; null for what stops by itself */
async function timelineAfter(page: Page, seconds: number | null): Promise<TimelineState> {
  if (seconds !== null) {
    await eventually(async () => (await time(page)) >= seconds + 1)
    await tap(page, 'Stop filming')
  }
  await page.getByText('Nobody else has this film.').waitFor()
  return timelineNow(page)
}

/** Of the newest film. */
async function timelineNow(page: Page): Promise<TimelineState> {
  const films = Object.values((await told(page)).filming)
  const newest = films.sort((a, b) => b.startedAtMs! - a.startedAtMs!)[0]!
  return asked(page, 'recording.timeline', { recording: newest.recording! })
}

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
