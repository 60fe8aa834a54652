// What happens to a page while it films: its screen is left, its connections are cut, its clock is set, its
// camera is taken, its engine killed, the disk full. It says so, films on, and what happened stands in the
// film; what was filmed is with somebody else at the end. One browser for all of it: each costs minutes.

import test from 'brittle'
import type { Assert } from 'brittle'
import type { Page } from 'playwright-core'
import type { TimelineState } from '../../../core/api/contract.ts'
import { fs } from '../../../core/runtime/fs.ts'
import { options, unless, whyNoBrowser } from '../../helpers/browser/chromium.ts'
import { open, startEngine } from '../../helpers/browser/engine.ts'
import type { Engine } from '../../helpers/browser/engine.ts'
import { spokenOn, WATCH_SPOKEN } from '../../helpers/browser/looks/spoken.ts'
import { asked, lostIn, told } from '../../helpers/browser/told.ts'
import {
  cutInOneFilm,
  give,
  holdWorkers,
  IN_OUR_HAND,
  leaveScreen,
  setClock,
  take
} from '../../helpers/browser/trouble.ts'
import { createCliCircle, createCliDevice } from '../../helpers/cli/circle.ts'
import type { CliDevice } from '../../helpers/cli/circle.ts'
import { temoin } from '../../helpers/cli/cli.ts'
import { createTmpfs, fill, whyNoDisks } from '../../helpers/crashes/disks.ts'
import { eventually } from '../../helpers/eventually.ts'

const noDisks = whyNoBrowser === null ? await whyNoDisks() : null
const butDisk = noDisks === null ? '' : ` (without a full disk: ${noDisks})`
/** Caused by the test: not the page's errors. */
const expected = [/ERR_CONNECTION|WebSocket|Failed to load resource/]
/** What it films can be looked at on this device afterwards. */
const before = `${IN_OUR_HAND}; ${WATCH_SPOKEN}; localStorage.setItem('temoin.readable', 'on')`
/** A browser that cannot encode piece by piece. */
const NO_ENCODER = 'delete globalThis.MediaStreamTrackProcessor'
const SOUND = ['sound-lost', 'sound-back']
/** By a screen reader. */
const SPOKEN = ['copy elsewhere', 'No sound', 'only in the memory of this page', 'has all of it.']
/** A store keeps 64 MiB free. */
const MEBIBYTES = 160
/** A few seconds of film. */
const LEFT_BYTES = 700 * 1024

test(
  `A film survives what happens to its page, and tells of it${unless}${butDisk}`,
  options,
  async (t) => {
    const { devices } = await createCliCircle(t, ['contact'])
    const [author, holder] = devices as [CliDevice, CliDevice]
    temoin(t, ['hold'], holder)
    const engine = await startEngine(t, author.storage)
    const page = await open(t, engine, { expected, before })

    await start(page)
    await isSafe(page)
    await cutInOneFilm(page)
    t.pass('the connections of page and film')
    await isSafe(page)
    await leaveScreen(page)
    await page.getByText('Screen left').waitFor()
    await leaveScreen(page, false)
    await eventually(async () => !(await page.getByText('Screen left').isVisible()))
    await setClock(page, 3_600_000)
    await page.getByText('clock changed while filming').waitFor()
    await take(page, 'audio')
    await page.getByText('No sound').waitFor()
    await give(page, 'audio')
    await eventually(() => page.getByText('No sound').isHidden())
    await take(page, 'video')
    await page.getByText('The camera was taken away').waitFor()
    await eventually(() => page.locator('.safety.safe').isHidden())
    const atTaking = await time(page)
    await eventually(async () => (await time(page)) > atTaking + 1)
    t.pass('the sound goes on without the picture')
    await give(page, 'video')
    await eventually(() => page.getByText('The camera was taken away').isHidden())
    await isSafe(page)
    const begun = await recordingsOf(page) // more than one where the page was slow to be back
    const first = begun.at(-1)
    await eventually(async () => {
      const { statuses } = await timelineOf(page, first!)
      return statuses.some(({ status }) => status === 'camera-back')
    })
    const timeline = await timelineOf(page, first!)
    const seen = timeline.statuses.map(({ status }) => status)
    t.alike(
      seen.filter((status) => status !== 'pictures-dropped'), // where the machine is too slow for them
      ['hidden', 'shown', 'clock-changed', ...SOUND, 'camera-lost', 'camera-back']
    )
    const away = timeline.gaps.filter(({ reason }) => reason === 'camera-lost')
    t.is(away.length, 1)
    t.ok(away[0]!.lengthSeconds > 1, 'as long as there was no picture')

    const next = await killAndRestart(t, page, engine)
    await isSafe(page)
    await goesOnFrom(page, first!)
    t.pass('it names the one before')

    await next.process.kill('SIGKILL')
    await page.getByText('The engine does not answer').waitFor()
    const atKill = await time(page)
    await eventually(async () => (await time(page)) > atKill + 1)
    await tap(page, 'Stop filming')
    await page.getByText('only in the memory of this page').waitFor()
    await tap(page, 'Give it up…')
    await tap(page, 'Keep trying')
    const last = await restart(t, next)
    await page.getByText('1 other device has all of it.').waitFor()
    await eventually(() => page.getByText('only in the memory of this page').isHidden())
    let all: string[] = []
    await eventually(async () => (all = await recordingsOf(page)).length === begun.length + 2) // told a moment later
    const lost = await timelineOf(page, all.at(-1)!)
    t.alike(lostIn(lost), [], 'what was filmed without an engine is all there')
    const { said, ticked } = await spokenOn(page)
    for (const words of SPOKEN)
      t.ok(
        said.some((one) => one.includes(words)),
        `read out: ${words}`
      )
    t.alike(ticked, [], 'no number is read out again and again')
    await last.process.kill('SIGINT')
    await byRecorder(t, author)
    if (noDisks === null) await onFullDisk(t)
  }
)

/** It waits in the page, goes on where there is room again, and nothing is lost between. */
async function onFullDisk(t: Assert): Promise<void> {
  const disk = await createTmpfs(t, MEBIBYTES)
  const device = await createCliDevice(t, disk.dir, 'full')
  const ballast = await fill(disk, LEFT_BYTES)
  const page = await open(t, await startEngine(t, device.storage), { expected, before })
  await start(page)
  await eventually(async () => {
    const [running] = Object.values((await told(page)).filming)
    return running?.reason === 'storage-full'
  })
  await page.getByText('No room left on this phone').waitFor()
  const full = await time(page)
  await eventually(async () => (await time(page)) > full + 2)
  await fs.promises.rm(ballast)
  await eventually(() => page.getByText('No room left on this phone').isHidden())
  const found = await eventually(async () => {
    const films = Object.values((await told(page)).filming)
    return films.find(({ reason, ownSeconds }) => reason === null && ownSeconds > 2)
  })
  await tap(page, 'Stop filming')
  await page.getByText('Nobody else has this film.').waitFor()
  const known = await recordingsOf(page)
  t.is(known.at(-1), found!.recording)
  t.alike(
    lostIn(await timelineOf(page, found!.recording!)),
    [],
    'what came while it was full is there'
  )
  t.is(await goesOnFrom(page, known[0]!), known[1], 'it names the one before')
}

/** What the engine has of it after it was killed begins where the recorder began anew. */
async function byRecorder(t: Assert, author: CliDevice): Promise<void> {
  const engine = await startEngine(t, author.storage)
  const page = await open(t, engine, { expected, before: `${before}; ${NO_ENCODER}` })
  const known = await recordingsOf(page)
  await start(page)
  await isSafe(page)
  await killAndRestart(t, page, engine)
  await isSafe(page)
  await hasMoreThan(page, 1)
  await tap(page, 'Stop filming')
  const has = /1 other device has all (of it|the rest)\./
  await page.getByText(has).waitFor()
  const films = (await recordingsOf(page)).filter((one) => !known.includes(one))
  t.is(await goesOnFrom(page, films[0]!), films[1], 'a recorder goes on as well')
  const ended = await eventually(async () => {
    const film = (await told(page)).recordings[films[1]!]!
    return film.reason === 'stopped' && film.holders.some(({ all }) => all) && film
  })
  await page.getByText(has).waitFor() // told anew as its last blocks are signed for
  t.ok(ended && ended.seconds! > 1)
  const { gaps } = await timelineOf(page, films[1]!)
  const isLost = gaps.some(({ reason }) => reason === 'engine-away')
  t.is(await page.getByText('lost on its way').isVisible(), isLost, 'what was lost is said')
  t.is(await page.getByText('all the rest').isVisible(), isLost)
}

async function start(page: Page): Promise<void> {
  const button = page.getByRole('button', { name: 'Film now', exact: true })
  await eventually(() => button.isEnabled())
  await holdWorkers(page)
  await button.click()
}

async function killAndRestart(t: Assert, page: Page, engine: Engine): Promise<Engine> {
  await engine.process.kill('SIGKILL')
  await page.getByText('The engine does not answer').waitFor()
  return restart(t, engine)
}

/** At the same address, where the page knows it again. */
function restart(t: Assert, { storage, url }: Engine): Promise<Engine> {
  return startEngine(t, storage, Number(/:(\d+)\//.exec(url)![1]))
}

async function isSafe(page: Page): Promise<void> {
  await eventually(() => page.locator('.safety.safe').isVisible())
}

/** The engine has more than so many seconds of what runs. */
async function hasMoreThan(page: Page, seconds: number): Promise<void> {
  await eventually(async () =>
    Object.values((await told(page)).filming).some(({ ownSeconds }) => ownSeconds > seconds)
  )
}

/** What was filmed next after that one was cut off. */
function goesOnFrom(page: Page, recording: string): Promise<string | null | undefined> {
  return eventually(async () => (await told(page)).recordings[recording]?.goesOnIn)
}

/** Of this device, oldest first. */
async function recordingsOf(page: Page): Promise<string[]> {
  const { recordings } = await told(page)
  const own = Object.values(recordings).filter((film) => film.own)
  return own.sort((a, b) => a.startedAtMs - b.startedAtMs).map(({ recording }) => recording)
}

function timelineOf(page: Page, recording: string): Promise<TimelineState> {
  return asked(page, 'recording.timeline', { recording })
}

async function tap(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click()
}

async function time(page: Page): Promise<number> {
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(await page.getByRole('timer').innerText())!
  return Number(minutes) * 60 + Number(seconds)
}
