// The phone breaks: SIGKILL at a random moment of a film, and how many seconds of it no other device has.
// What the camera saw up to that moment counts, also the fragment that was not whole yet.

import { fs, path } from '../../core/runtime/fs.ts'
import { nowMs, sleep } from '../lib/clock.ts'
import { Role } from '../lib/role.ts'
import { mean } from '../lib/report/stats.ts'
import { BITS_PER_SECOND } from './scenario.ts'
import type { Context, Report } from './scenario.ts'

const ENTRY_MS = 250
const HOST = '127.0.0.1'
/** What is on its way may still arrive. */
const SETTLE_MS = 700

export async function kill({ effort, dir, say }: Context): Promise<Report[]> {
  const own = path.join(dir, 'kill')
  await fs.promises.mkdir(own, { recursive: true })
  const holder = new Role('holder')
  const lost: number[] = []
  for (let i = 0; i < effort.kills; i++) lost.push(await killOnce(own, holder, i))
  await holder.stop()
  say(`kill: ${effort.kills} kills, ${mean(lost).toFixed(3)} s lost on average`)
  return [reportOf(lost)]
}

/** The same device each time, brought back after each kill; the holder stays. */
async function killOnce(own: string, holder: Role, round: number): Promise<number> {
  const recorder = new Role('recorder')
  const url = await recorder.call('open', { dir: path.join(own, 'recorder'), host: HOST, uses: 1 })
  if (round === 0) await holder.call('open', { dir: path.join(own, 'holder'), host: HOST, url })
  await recorder.call('linked', 1)
  const startAtMs = nowMs() + 300
  const plan = { startAtMs, fragments: 400, entryMs: ENTRY_MS, bitsPerSecond: BITS_PER_SECOND }
  recorder.call('film', plan).catch(() => {}) // it will not live to answer
  await sleep(300 + 750 + Math.random() * 1500)
  const killedAtMs = nowMs()
  await recorder.kill()
  await sleep(SETTLE_MS)
  const heldSeconds = await secondsHeld(holder, round + 1)
  return (killedAtMs - startAtMs) / 1000 - heldSeconds
}

/** Of the newest recording; none where the holder never heard of it. */
async function secondsHeld(holder: Role, recordings: number): Promise<number> {
  const known: number = await holder.call('recordings')
  return known < recordings ? 0 : holder.call('secondsHeld')
}

function reportOf(lost: number[]): Report {
  const [average, most] = [mean(lost), Math.max(...lost)]
  return {
    name: 'kill',
    title: 'Film that a killed recorder takes with it',
    columns: ['kills', 'entries', 'mean', 'max'],
    rows: [
      [String(lost.length), `${ENTRY_MS} ms`, `${average.toFixed(3)} s`, `${most.toFixed(3)} s`]
    ],
    figures: [
      { what: 'film lost with a killed recorder, mean', value: average, unit: 's', bar: 0.16 },
      { what: 'film lost with a killed recorder, most', value: most, unit: 's', bar: 0.35 }
    ],
    notes: [
      'SIGKILL at a random moment, one holder; seconds the camera had seen that are on no other device. Half an entry is lost on average whatever carries it: it was not whole yet.'
    ]
  }
}
