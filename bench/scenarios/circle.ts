// A circle of fifty for ten minutes: let in by one code, one of them filming most of the time, and every few
// seconds somebody breaks down, goes, comes back, is cut off or joins. What that costs each of them. Only
// on demand, for it takes as long as it says.

import { path } from '../../core/runtime/fs.ts'
import { nowMs, sleep, until } from '../lib/clock.ts'
import { Crowd } from '../rigs/crowd.ts'
import { Churn } from './circle/churn.ts'
import { Diary } from './circle/diary.ts'
import { Filming } from './circle/filming.ts'
import { reportOf } from './circle/report.ts'
import type { Outcome } from './circle/report.ts'
import type { Context, Report } from './scenario.ts'

const DEVICES = 50
/** Codes for those who join later. */
const SPARE_USES = 200
const QUIET_MS = 60_000
/** After the last link: caches, announcements and first receipts are none of what rest costs. */
const REST_MS = 15_000
const SAMPLE_EVERY_MS = 10_000
const SETTLE_MS = 180_000
/** Where the devices together want more than their machine has, they come back one by one. */
const COMES_BACK_MS = 900_000
const LOOK_MS = 10_000

export function circle(minutes: number, devices = DEVICES) {
  return async ({ dir, say }: Context): Promise<Report[]> => {
    const crowd = await Crowd.open(path.join(dir, 'circle'))
    const diary = new Diary(crowd)
    const paired = await pair(crowd, devices)
    say(`circle: ${devices} are in after ${paired.joinedS} s, linked after ${paired.linkedS} s`)
    const films = new Filming(crowd, devices)
    const firstS = await firstFilm(crowd, films)
    say(`circle: everybody has the first film after ${firstS} s`)
    await sleep(REST_MS)
    await diary.write('quiet', nowMs() + QUIET_MS, SAMPLE_EVERY_MS, say)
    const churn = new Churn(crowd)
    const endMs = nowMs() + minutes * 60_000
    const busy = [films.run(endMs), churn.run(endMs)]
    await diary.write('busy', endMs, SAMPLE_EVERY_MS, say)
    await Promise.all(busy)
    const settled = await settle(crowd, films, say)
    await crowd.close()
    return [reportOf({ minutes, devices, ...paired, firstS, diary, films, churn, ...settled })]
  }
}

async function pair(crowd: Crowd, devices: number): Promise<Pick<Outcome, 'joinedS' | 'linkedS'>> {
  await crowd.found(devices + SPARE_USES)
  const candidates = await crowd.startMany(devices - 1)
  const fromMs = nowMs()
  await Promise.all(candidates.map((candidate) => crowd.join(candidate)))
  const joinedS = Math.round((nowMs() - fromMs) / 1000)
  const meshed = await crowd.untilMeshed(SETTLE_MS)
  return { joinedS, linkedS: meshed ? Math.round((nowMs() - fromMs) / 1000) : Infinity }
}

/** With it journals begin, and go to everybody. */
async function firstFilm(crowd: Crowd, films: Filming): Promise<number> {
  const fromMs = nowMs()
  await films.one(2)
  await until(async () => (await missingOf(crowd, films)) === 0, SETTLE_MS, 1000)
  return Math.round((nowMs() - fromMs) / 1000)
}

/** Blocks of all films that somebody lacks. */
async function missingOf({ here }: Crowd, { made }: Filming): Promise<number> {
  const lacks = here.map(({ role }): Promise<number> => role!.call('lacks', made))
  return (await Promise.all(lacks)).reduce((sum, one) => sum + one, 0)
}

/** Of who belongs: how many have each, the most common first. */
async function viewsOf({ here }: Crowd): Promise<number[]> {
  const views: string[] = await Promise.all(here.map(({ role }) => role!.call('roster')))
  const counts = new Map<string, number>()
  for (const view of views) counts.set(view, (counts.get(view) ?? 0) + 1)
  return [...counts.values()].sort((a, b) => b - a)
}

/** Everybody is back: what is still missing after a while, and who sees the circle otherwise. */
async function settle(
  crowd: Crowd,
  films: Filming,
  say: (line: string) => void
): Promise<Pick<Outcome, 'missing' | 'rosters' | 'settledS'>> {
  const fromMs = nowMs()
  let [missing, rosters] = [Infinity, Infinity]
  const look = async (): Promise<boolean> => {
    missing = await missingOf(crowd, films)
    const views = await viewsOf(crowd)
    rosters = views.length
    say(`circle: ${missing} blocks missing, ${rosters} views of the circle: ${views.join(', ')}`)
    return missing === 0 && rosters === 1
  }
  await until(look, COMES_BACK_MS, LOOK_MS)
  return { missing, rosters, settledS: Math.round((nowMs() - fromMs) / 1000) }
}
