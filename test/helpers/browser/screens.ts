// Every screen of the app, as somebody's real engine fills it: a circle of three, two films of one moment
// that are over, one that runs. For tests that look at all of them, and for their pictures.

import type { Page } from 'playwright-core'
import type { Assert } from 'brittle'
import { path } from '../../../core/runtime/fs.ts'
import { createCliCircle, createCliDevice, lockCliDevice } from '../cli/circle.ts'
import type { CliDevice } from '../cli/circle.ts'
import { run, temoin } from '../cli/cli.ts'
import { filmTogether } from '../cli/film.ts'
import { eventually } from '../eventually.ts'
import { endlessClipIn, fixturePath } from '../films/clip.ts'
import { goTo, open, startEngine } from './engine.ts'
import type { Engine } from './engine.ts'
import { asked } from './told.ts'

/** For pictures that people look at. */
const NAMES = ['Ana', 'Ben', 'Cleo']

export interface Screen {
  name: string
  /** Behind `#`. */
  at: string
  /** What must be there before it is looked at. */
  shows?: string
  /** What is tapped on the way there, where it is not there yet. */
  tap?: string
}

export interface Furnished {
  /** Of Ana, who is an organiser. In this order: some begin where the one before has ended. */
  ana: Shown
  /** The same of somebody who has nobody yet. */
  alone: Shown
  /** Of somebody who has put the device away. */
  locked: Shown
  /** Of somebody who has wiped it. */
  wiped: Shown
}

export interface Shown {
  engine: Engine
  screens: Screen[]
}

export async function furnished(t: Assert): Promise<Furnished> {
  const { dir, circle, devices } = await createCliCircle(t, ['contact', 'contact'], NAMES, 'Nord')
  const [ana, ben, cleo] = devices as [CliDevice, CliDevice, CliDevice]
  const engine = await startEngine(t, ana.storage)
  const ended = await filmTogether(t, dir, [ben, cleo], fixturePath('chromium.mp4'))
  temoin(t, ['hold'], cleo) // what Ana has not of it yet, she gets now
  const filming = temoin(t, ['record', await endlessClipIn(dir), '--pace', 'live'], ben)
  await filming.waitFor('held', ({ seconds }) => seconds > 2)
  const { recording: live } = await filming.waitFor('started')
  return {
    ana: { engine, screens: screensOf({ circle, member: ben.device, live, ended }) },
    alone: { engine: await startEngine(t, path.join(dir, 'alone')), screens: ALONE },
    locked: { engine: await lockedEngine(t, dir), screens: LOCKED },
    wiped: { engine: await wipedEngine(t, dir), screens: WIPED }
  }
}

/** It was started locked. */
async function lockedEngine(t: Assert, dir: string): Promise<Engine> {
  const device = await createCliDevice(t, dir, 'locked')
  await lockCliDevice(device, 'five words that chance picks')
  return startEngine(t, device.storage)
}

const ALONE: Screen[] = [
  { name: 'film-alone', at: 'film', shows: '.record:enabled' },
  { name: 'circle-first', at: 'circle', shows: 'main .button' },
  { name: 'recordings-none', at: 'recordings' },
  { name: 'filming-alone', at: 'film', tap: '.record:enabled', shows: '.safety.danger' },
  { name: 'after-alone', at: 'film', tap: '.record:enabled', shows: '.after .banner' }
]

/** Nobody else has what it filmed. */
async function wipedEngine(t: Assert, dir: string): Promise<Engine> {
  const { storage } = await createCliDevice(t, dir, 'wiped')
  const film = ['record', fixturePath('clip-h264-opus.mp4'), '--pace', 'fast', '--wait', '0']
  const { code, err } = await run(t, ['circle', 'create', 'Nord'], { storage })
  if (code !== 0) throw new Error(err)
  await run(t, film, { storage })
  const engine = await startEngine(t, storage)
  const page = await open(t, engine)
  await asked(page, 'panic', { sure: 'wipe' })
  await page.context().close()
  return engine
}

const WIPED: Screen[] = [
  { name: 'wiped', at: 'film', shows: '.wiped-folder' },
  { name: 'wiped-delete', at: 'film', tap: 'main .button', shows: 'dialog[open]' }
]

const LOCKED: Screen[] = [
  { name: 'film-locked', at: 'film', shows: '.record:enabled' },
  { name: 'locked', at: 'circle', shows: 'form' },
  { name: 'settings-locked', at: 'settings', shows: 'form' },
  { name: 'filming-locked', at: 'film', tap: '.record:enabled', shows: '.film-top .banner' },
  { name: 'after-locked', at: 'film', tap: '.record:enabled', shows: '.after .banner' }
]

interface Named {
  circle: string
  member: string
  live: string
  ended: string[]
}

function screensOf({ circle, member, live, ended }: Named): Screen[] {
  return [
    { name: 'film', at: 'film', shows: '.record:enabled' },
    { name: 'circle', at: 'circle', shows: 'main li' },
    { name: 'circle-new', at: 'circle/new' },
    { name: 'circle-join', at: 'circle/join' },
    { name: 'circle-invite', at: `circle/invite/${circle}`, shows: 'form' },
    {
      name: 'circle-code',
      at: `circle/invite/${circle}`,
      tap: 'form [type=submit]',
      shows: '.qr'
    },
    { name: 'circle-member', at: `circle/member/${circle}/${member}` },
    {
      name: 'circle-cut-off',
      at: `circle/member/${circle}/${member}`,
      tap: '.button.danger',
      shows: 'dialog[open]'
    },
    { name: 'circle-changes', at: `circle/changes/${circle}`, shows: 'main li' },
    { name: 'circle-alarms', at: `circle/alarms/${circle}` },
    { name: 'recordings', at: 'recordings', shows: '.still img' },
    { name: 'watch-live', at: `watch/${live}`, shows: '.live-sign' },
    { name: 'watch', at: `watch/${ended[0]!}`, shows: '.track, .strip span' },
    {
      name: 'watch-evidence',
      at: `watch/${ended[0]!}`,
      tap: '.watch-side > .part > .button',
      shows: '.verdict'
    },
    { name: 'together', at: `watch/${ended.join('/')}`, shows: '.tiles .tile + .tile' },
    { name: 'advice', at: 'advice' },
    { name: 'drill', at: 'advice/drill' },
    {
      name: 'drill-film',
      at: 'advice/drill',
      tap: '.page .button.primary',
      shows: '.drill-finder'
    },
    { name: 'settings', at: 'settings', shows: 'fieldset' },
    { name: 'passphrase', at: 'settings/passphrase', shows: 'form' },
    { name: 'panic', at: 'settings', tap: '.with-note .button', shows: '.panic .danger:enabled' },
    { name: 'filming', at: 'film', tap: '.record:enabled', shows: '.safety.safe' },
    { name: 'after', at: 'film', tap: '.record:enabled', shows: '.after .banner' }
  ]
}

/** Goes there, and waits until it is as it will be. */
export async function show(page: Page, { at, tap, shows = 'h1' }: Screen): Promise<void> {
  await goTo(page, at)
  if (tap !== undefined && (await page.locator(shows).count()) === 0) {
    await page.locator(tap).first().click()
  }
  await page.locator(shows).first().waitFor({ state: 'attached' })
  if (at.startsWith('watch/')) await eventually(() => hasPicture(page))
}

function hasPicture(page: Page): Promise<boolean> {
  return page.evaluate(
    "[...document.querySelectorAll('video')].every((video) => video.videoWidth > 0)"
  )
}
