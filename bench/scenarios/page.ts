// Filming in a page: from the tap until two others have the first of it, from a picture to the page of
// somebody who watches, and what filming 720p costs; beside a MediaRecorder with a plain upload, one
// after the other in each round, since two encoders at once would starve each other. Needs a Chromium.

import type { Page } from 'playwright-core'
import { path } from '../../core/runtime/fs.ts'
import { BenchBrowser } from '../page/browser.ts'
import { load, tap } from '../page/candidate.ts'
import type { Candidate } from '../page/candidate.ts'
import { readClock } from '../page/in-page.ts'
import { TemoinPages } from '../page/temoin.ts'
import { UploadPages } from '../page/upload.ts'
import { sleep } from '../lib/clock.ts'
import { median, percentile } from '../lib/report/stats.ts'
import type { Context, Report } from './scenario.ts'

const BITS_PER_SECOND = 1_500_000
const H264 = 'video/mp4;codecs=avc1.42E01F,opus'
const VP8 = 'video/webm;codecs=vp8,opus'
/** What comes before is starting, not filming. */
const WARM_MS = 4000
/** A watcher who has just come is not near the camera yet. */
const NEAR_MS = 5000
const LOADS = 5

interface Round {
  tapMs: number
  glassP50: number
  glassP99: number
  /** Processor seconds for each second of film. */
  cpu: number
}

export async function page({ effort, dir, say }: Context): Promise<Report[]> {
  const chromium = await BenchBrowser.found()
  if (chromium === null) {
    say(
      'page: skipped: no Chromium was found, or this is not Linux, where its costs can be counted'
    )
    return []
  }
  const candidates = await openAll(chromium.path, dir)
  try {
    const loadMs = await loads(candidates[0]!.filming)
    const rounds = candidates.map((): Round[] => [])
    for (let i = 0; i < effort.rounds; i++) {
      for (const [at, candidate] of candidates.entries()) {
        const round = await measure(candidate, effort.roundSeconds)
        rounds[at]!.push(round)
        say(`page: round ${i + 1}, ${candidate.name}: ${tell(round)}`)
      }
    }
    return [reportOf(candidates, rounds, loadMs, chromium.version)]
  } finally {
    await Promise.all(candidates.map((candidate) => candidate.close()))
  }
}

async function openAll(executable: string, dir: string): Promise<Candidate[]> {
  const upload = (name: string, mime: string, as: string): Promise<Candidate> =>
    UploadPages.open(executable, {
      dir: path.join(dir, as),
      name,
      mime,
      bitsPerSecond: BITS_PER_SECOND
    })
  return [
    await TemoinPages.open(executable, path.join(dir, 'page')),
    await upload('MediaRecorder, MP4 (H.264)', H264, 'page-mp4'),
    await upload('MediaRecorder, WebM (VP8)', VP8, 'page-webm')
  ]
}

async function loads(filming: Page): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < LOADS; i++) times.push(await load(filming, 'fake'))
  return median(times)
}

/** One film that shows the time, for how late it is; one of the browser's camera, for what it costs. */
async function measure(candidate: Candidate, seconds: number): Promise<Round> {
  await candidate.prepare('clock')
  const tapMs = await tap(candidate)
  const watching = await candidate.watch()
  await sleep(NEAR_MS)
  const ages: number[] = await watching.evaluate(readClock(seconds * 1000))
  await candidate.stop()
  const cpu = await costOf(candidate, seconds)
  return { tapMs, glassP50: percentile(ages, 50), glassP99: percentile(ages, 99), cpu }
}

async function costOf(candidate: Candidate, seconds: number): Promise<number> {
  await candidate.prepare('fake')
  await tap(candidate)
  await sleep(WARM_MS)
  const before = candidate.cpuSeconds()
  const startedAtMs = Date.now()
  await sleep(seconds * 1000)
  const used = (candidate.cpuSeconds() - before) / ((Date.now() - startedAtMs) / 1000)
  await candidate.stop()
  return used
}

function reportOf(
  candidates: Candidate[],
  rounds: Round[][],
  loadMs: number,
  version: string
): Report {
  const own = rounds[0]!
  const of = (each: Round[], pick: (round: Round) => number): number => median(each.map(pick))
  const ratio = (each: Round[], pick: (round: Round) => number): string =>
    median(own.map((round, i) => pick(round) / pick(each[i]!))).toFixed(2)
  const ms = (value: number): string => value.toFixed(0)
  const rows = candidates.map(({ name }, i) => {
    const each = rounds[i]!
    const glass = [of(each, (r) => r.glassP50), of(each, (r) => r.glassP99)].map(ms).join(' / ')
    const times = [(r: Round) => r.tapMs, (r: Round) => r.glassP50, (r: Round) => r.cpu]
    const ratios = i === 0 ? '' : times.map((pick) => ratio(each, pick)).join(' / ')
    const cpu = (100 * of(each, (r) => r.cpu)).toFixed(0) + ' %'
    return [name, ms(of(each, (r) => r.tapMs)), glass, cpu, ratios]
  })
  return {
    name: 'page',
    title: 'Filming in a page',
    columns: [
      'by',
      'tap to first piece on two holders, ms',
      'picture to a watcher, ms, p50 / p99',
      'CPU while filming 720p',
      'Temoin as a multiple: tap / picture / CPU'
    ],
    rows,
    figures: [
      { what: 'app loaded and ready to film', value: loadMs / 1000, unit: 's', bar: 1 },
      {
        what: 'picture in a page to a watcher, median',
        value: of(own, (r) => r.glassP50) / 1000,
        unit: 's',
        bar: 1.5
      }
    ],
    notes: [
      `Real ${version} without a window, with software encoders and decoders and no GPU: a phone has hardware for both. 1280x720, 30 pictures a second, 1.5 Mbit/s at first (the app goes up to 2.5 where it may). All on one machine; one candidate after the other in each round, a figure is the median over the rounds, a ratio is taken within its round.`,
      'Tap: until the page that films knows that two others have the first piece flushed (Temoin: of 250 ms, signed and encrypted, as the screen is told; MediaRecorder: `start(250)`, a key frame each second, a PUT and a synced file on each of two servers). Picture to a watcher: the camera’s picture is a clock, read from the frames that the watching page shows; for MediaRecorder one that appends to a MediaSource and jumps where it is more than 1 s behind. CPU: of the browser that films with its viewfinder, and of the engine beside it, of one core.',
      `The app is there and its button can be tapped ${(loadMs / 1000).toFixed(2)} s after the page is asked for (median of ${LOADS}).`
    ]
  }
}

function tell({ tapMs, glassP50, glassP99, cpu }: Round): string {
  const glass = `${glassP50.toFixed(0)} / ${glassP99.toFixed(0)} ms to a watcher`
  return `tap ${tapMs.toFixed(0)} ms, ${glass}, ${(100 * cpu).toFixed(0)} % CPU`
}
