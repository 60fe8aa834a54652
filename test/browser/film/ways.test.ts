// Ways of filming that are not the best one: a browser that encodes no sound, a worker that dies under a film.

import test from 'brittle'
import type { Page } from 'playwright-core'
import { path } from '../../../core/runtime/fs.ts'
import { options, unless } from '../../helpers/browser/chromium.ts'
import { goTo, open, startEngine } from '../../helpers/browser/engine.ts'
import { asked, lostIn, told } from '../../helpers/browser/told.ts'
import { eventually } from '../../helpers/eventually.ts'

/** What the page makes of both, within the test's reach. */
const WATCHED = `
  globalThis.workers = []
  globalThis.recorders = []
  globalThis.Worker = class extends Worker {
    constructor(...args) {
      super(...args)
      workers.push(this)
    }
  }
  globalThis.MediaRecorder = class extends MediaRecorder {
    constructor(stream, how) {
      super(stream, how)
      recorders.push({ ...how, kinds: stream.getTracks().map(({ kind }) => kind).sort() })
    }
  }`
/** As WebKit before version 26, and what is built on it. */
const NO_SOUND_ENCODER = 'delete globalThis.AudioEncoder'

interface Made {
  mimeType: string
  videoKeyFrameIntervalDuration?: number
  kinds: string[]
}

test(
  `Where no sound can be encoded one recorder takes picture and sound, by one clock${unless}`,
  options,
  async (t) => {
    const engine = await startEngine(t, path.join(await t.tmp(), 'ana'))
    const before = `${WATCHED}; ${NO_SOUND_ENCODER}`
    const page = await open(t, engine, { before: `${before}; ${READABLE}` })
    await film(page, 3)
    const made: Made[] = await page.evaluate('recorders')
    t.is(made.length, 1, 'not one for each')
    const { mimeType, videoKeyFrameIntervalDuration, kinds } = made[0]!
    t.alike(kinds, ['audio', 'video'])
    const isMp4 = mimeType.startsWith('video/mp4')
    t.is(videoKeyFrameIntervalDuration, isMp4 ? 500 : undefined, mimeType)
    await page.getByRole('button', { name: 'Stop filming', exact: true }).click()
    await page.getByText('Nobody else has this film.').waitFor()
    const [{ recording }] = Object.values((await told(page)).filming) as unknown as [
      { recording: string }
    ]
    const timeline = await asked(page, 'recording.timeline', { recording })
    const { parts, seconds } = timeline
    t.ok(/opus|mp4a/.test(parts[0]!.mime), parts[0]!.mime)
    t.alike(lostIn(timeline), [])
    t.ok(seconds > 2, `${seconds} s`)
  }
)

test(
  `A film whose worker dies says so, and calls nothing given up${unless}`,
  options,
  async (t) => {
    const engine = await startEngine(t, path.join(await t.tmp(), 'ana'))
    const page = await open(t, engine, { before: WATCHED })
    await film(page, 2)
    engine.process.signal('SIGSTOP') // what is filmed now only the worker has
    const stopped = await time(page)
    await eventually(async () => (await time(page)) > stopped + 2)
    await page.evaluate('workers.forEach((worker) => worker.terminate())')
    engine.process.signal('SIGCONT')
    await page.getByRole('button', { name: 'Stop filming', exact: true }).click()
    const said = page.getByText('The part of this page that films stopped working at')
    await said.waitFor()
    t.ok((await said.innerText()).includes('that only it had is lost'))
    t.absent(await page.getByText('You gave up').isVisible(), 'nobody did')
  }
)

test(
  `A film goes on though the clock of its engine is set, and whoever watches it is told${unless}`,
  options,
  async (t) => {
    const storage = path.join(await t.tmp(), 'ana')
    const engine = await startEngine(t, storage, undefined, { NODE_OPTIONS: CLOCK_IN_OUR_HAND })
    const page = await open(t, engine, { before: READABLE })
    await film(page, 3)
    engine.process.signal('SIGUSR2')
    const { ownSeconds } = await running(page)
    await eventually(async () => (await running(page)).ownSeconds > ownSeconds + 3)
    await page.getByRole('button', { name: 'Stop filming', exact: true }).click()
    await page.getByText('Nobody else has this film.').waitFor()
    const { recording } = await running(page)
    const timeline = await asked(page, 'recording.timeline', { recording: recording! })
    const seconds = timeline.clocks.map((clock) => clock.seconds)
    t.alike(
      [...seconds].sort((a, b) => a - b),
      seconds,
      'its time runs on'
    )
    t.ok(timeline.seconds < 3000 && timeline.clocks.at(-1)!.atMs > Date.now() + 2_900_000)
    await goTo(page, `watch/${recording}`)
    await page.getByText('the clock of the filming device jumped').waitFor()
  }
)

/** Set an hour forward by a signal. */
const CLOCK_IN_OUR_HAND = `--import=data:text/javascript,${encodeURIComponent(`
  const { now } = Date
  let byMs = 0
  process.on('SIGUSR2', () => (byMs += 3_600_000))
  Date.now = () => now() + byMs
`)}`

async function running(page: Page) {
  return Object.values((await told(page)).filming)[0]!
}

/** What it films can be looked at on this device afterwards. */
const READABLE = `localStorage.setItem('temoin.readable', 'on')`

async function film(page: Page, seconds: number): Promise<void> {
  const button = page.getByRole('button', { name: 'Film now', exact: true })
  await eventually(() => button.isEnabled())
  await button.click()
  await eventually(async () => {
    const [running] = Object.values((await told(page)).filming)
    return running !== undefined && running.ownSeconds > seconds
  })
}

async function time(page: Page): Promise<number> {
  const [, minutes, seconds] = /(\d+):(\d\d)/.exec(await page.getByRole('timer').innerText())!
  return Number(minutes) * 60 + Number(seconds)
}
