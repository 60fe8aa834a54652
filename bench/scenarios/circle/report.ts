// The table of a circle: each figure by what the device did meanwhile, as the middle and the worst device.

import { rateOf } from '../../lib/report/rates.ts'
import { median } from '../../lib/report/stats.ts'
import type { Sample } from '../../roles/member.ts'
import type { Report } from '../scenario.ts'
import { AWAY_EVERY_MS } from './churn.ts'
import type { Churn } from './churn.ts'
import type { Diary, Doing } from './diary.ts'
import { ENTRY_MS } from './filming.ts'
import type { Filming } from './filming.ts'

export interface Outcome {
  minutes: number
  devices: number
  /** From the first candidate until all were members, and until all were linked with all. */
  joinedS: number
  linkedS: number
  /** Until everybody had the first film. */
  firstS: number
  diary: Diary
  films: Filming
  churn: Churn
  /** Blocks of all films together that some member lacks. */
  missing: number
  /** Different views of who belongs. */
  rosters: number
  settledS: number
}

/** Everybody in a room scans one code: a minute for all of them together. */
const JOINED_S = 60

const COLUMNS: [Doing, string][] = [
  ['quiet', 'at rest'],
  ['holding', 'while others film'],
  ['filming', 'filming'],
  ['back', 'just back']
]

type Row = [what: string, of: (sample: Sample) => number, digits: number]

const RATES: Row[] = [
  ['CPU s a minute', (s) => s.cpuSeconds, 2],
  ['DHT announces a minute', (s) => s.announces, 1],
  ['DHT lookups a minute', (s) => s.lookups, 0],
  ['DHT handshakes a minute', (s) => s.handshakes, 0],
  ['other DHT requests a minute', (s) => s.upkeep, 0],
  ['dials a minute', (s) => s.dials, 1],
  ['hellos sent a minute', (s) => s.hellos, 0],
  ['hellos sent, KiB a minute', (s) => s.helloBytes / 1024, 0],
  ['UDP packets sent a minute', (s) => s.packetsSent, 0]
]

const LEVELS: Row[] = [
  ['memory, MiB', (s) => s.residentMiB, 0],
  ['links', (s) => s.links, 0],
  ['channels on them', (s) => s.channels, 0],
  ['UDP sockets', (s) => s.udpSockets, 0],
  ['file descriptors', (s) => s.descriptors, 0]
]

export function reportOf(outcome: Outcome): Report {
  const { minutes, devices, joinedS, diary, missing, rosters } = outcome
  const rows = [
    ...RATES.map((row) => [row[0], ...COLUMNS.map(([doing]) => rate(diary, doing, row))]),
    ...LEVELS.map((row) => [row[0], ...COLUMNS.map(([doing]) => level(diary, doing, row))])
  ]
  return {
    name: 'circle',
    title: `A circle of ${devices} for ${minutes} minutes`,
    columns: ['per device: median / most', ...COLUMNS.map(([, title]) => title)],
    rows,
    figures: [
      { what: `circle of ${devices}, members after`, value: joinedS, unit: 's', bar: JOINED_S },
      { what: `circle of ${devices}, blocks missing`, value: missing, unit: '', bar: 0 },
      { what: `circle of ${devices}, views of who belongs`, value: rosters, unit: '', bar: 1 }
    ],
    notes: notesOf(outcome)
  }
}

function notesOf(outcome: Outcome): string[] {
  const { devices, diary, films, churn, joinedS, linkedS, missing, rosters, settledS } = outcome
  const { firstS } = outcome
  const seconds = Math.round(films.seconds)
  const growth = diary.growthMiB
  return [
    `Every device a process of its own, on a private DHT over the loopback. All ${devices} let in by one code: members after ${joinedS} s, each linked with all after ${linkedS} s. With a first film of 2 s journals begin; all had it after ${firstS} s. A minute of rest, then one films after another (${films.bitsPerSecond / 1000} kbit/s, ${ENTRY_MS} ms entries): ${films.films} films of ${seconds} s in all, for everybody to hold.`,
    `Meanwhile one leaves every ${AWAY_EVERY_MS / 1000} s: ${churn.kills} were killed and ${churn.closes} closed, each back after 4 to 15 s; ${churn.revocations} were cut off for good, with a new secret for the others, and ${churn.joins} let in. Just back: the first half minute after a start, that of the program included.`,
    growth.length === 0
      ? 'Nobody was here for long enough to tell whether memory grows.'
      : `Memory of those who were here all the time grew by ${median(growth).toFixed(0)} MiB from the first minute of filming to the end (most: ${Math.max(...growth).toFixed(0)}).`,
    `${settledS} s after the end ${missing} blocks were missing, of all films on all devices (newcomers are to have the older films as well), and there ${rosters === 1 ? 'was one view' : `were ${rosters} views`} of who belongs.`
  ]
}

function rate(diary: Diary, doing: Doing, [, of, digits]: Row): string {
  const { median, most, devices } = rateOf(diary.stretches, doing, of)
  return devices === 0 ? '' : `${median.toFixed(digits)} / ${most.toFixed(digits)}`
}

function level(diary: Diary, doing: Doing, [, of, digits]: Row): string {
  const found = diary.stretches.filter((one) => one.doing === doing).map(({ counts }) => of(counts))
  if (found.length === 0) return ''
  return `${median(found).toFixed(digits)} / ${Math.max(...found).toFixed(digits)}`
}
