import test from 'brittle'
import { missingText, progressText, summaryText } from '../../../cli/film/safety.ts'
import { isSettled } from '../../../core/device/facts/film-holders.ts'
import type { FilmHolder } from '../../../cli/film/safety.ts'

const FILMED = 12.5

function holder(name: string, seconds: number, more: Partial<FilmHolder> = {}): FilmHolder {
  return {
    name,
    seconds,
    all: seconds >= FILMED,
    online: true,
    leavesAtMs: null,
    full: false,
    ...more
  }
}

const PROGRESS: [holders: FilmHolder[], says: string][] = [
  [[], '12.5 s filmed; nobody has this yet, and nobody is here'],
  [[holder('Amina', 0)], '12.5 s filmed; nobody has this yet; Amina here'],
  [[holder('Amina', 12), holder('Bo', 0)], '12.5 s filmed; safe: Amina 12.0 s'],
  [[holder('Amina', 12, { online: false })], '12.5 s filmed; safe: Amina 12.0 s, gone'],
  [
    [holder('archive', 12, { leavesAtMs: Date.UTC(2026, 11, 24, 8) })],
    '12.5 s filmed; safe: archive (until 2026-12-22) 12.0 s'
  ],
  [
    [holder('Amina', 12, { full: true })],
    '12.5 s filmed; safe: Amina 12.0 s and no more: it is full'
  ],
  [
    [holder('archive', 0, { full: true })],
    '12.5 s filmed; nobody has this yet; archive is full: not safe there'
  ],
  [
    [holder('Amina', 12), holder('archive', 0, { full: true })],
    '12.5 s filmed; safe: Amina 12.0 s; archive is full: not safe there'
  ],
  [
    [holder('archive', 0, { full: true, online: false })],
    '12.5 s filmed; nobody has this yet, and nobody is here'
  ]
]

test('while filming it says how much is safe with whom, and when nobody has it', (t) => {
  for (const [holders, says] of PROGRESS) t.is(progressText(FILMED, holders), says)
})

const SUMMARY: [holders: FilmHolder[], says: string][] = [
  [[], 'Nobody else has this film: keep this device on with "temoin hold" until somebody has it'],
  [
    [holder('Amina', 0)],
    'Nobody else has this film: keep this device on with "temoin hold" until somebody has it'
  ],
  [[holder('Amina', FILMED), holder('Bo', FILMED)], 'All 12.5 s are safe with Amina and Bo'],
  [
    [holder('Amina', FILMED), holder('archive', 0, { full: true })],
    'All 12.5 s are safe with Amina; archive is full: not safe there'
  ],
  [
    [holder('Amina', FILMED), holder('Bo', 10)],
    'All 12.5 s are safe with Amina; Bo has 10.0 s and lacks the last 2.5 s'
  ],
  [
    [holder('Bo', 10)],
    'No other device has all of these 12.5 s: Bo has 10.0 s and lacks the last 2.5 s; keep this device on with "temoin hold" until somebody has it'
  ]
]

test('the last word never says safe of what is not', (t) => {
  for (const [holders, says] of SUMMARY) t.is(summaryText(FILMED, holders), says)
})

const HOLD = 'keep this device on with "temoin hold" until somebody has it'
const LOST = 'are lost: this disk did not take them'

const REFUSED: [ownSeconds: number, holders: FilmHolder[], says: string][] = [
  [10, [holder('Bo', FILMED)], 'All 12.5 s are safe with Bo'],
  [
    10,
    [holder('Bo', 12)],
    `No other device has all of these 12.5 s: Bo has 12.0 s and lacks the last 0.5 s, and the last 0.5 s ${LOST}`
  ],
  [
    10,
    [holder('Bo', 5)],
    `No other device has all of these 12.5 s: Bo has 5.0 s and lacks the last 7.5 s, and the last 2.5 s ${LOST}; ${HOLD}`
  ],
  [10, [], `Nobody else has this film, and the last 2.5 s ${LOST}; ${HOLD}`],
  [0, [], `Nobody else has this film, and the last 12.5 s ${LOST}`]
]

test('where our own disk refused, it is not said that keeping the device on helps what is lost', (t) => {
  for (const [own, holders, says] of REFUSED) t.is(summaryText(FILMED, holders, own), says)
})

test('handing on is over when everybody who is here and has room has all of it', (t) => {
  const all = holder('Amina', FILMED)
  t.is(isSettled([]), false, 'nobody has it')
  t.is(isSettled([all]), true)
  t.is(isSettled([all, holder('Bo', 3)]), false)
  t.is(isSettled([all, holder('Bo', 3, { online: false })]), true, 'Bo has gone')
  t.is(isSettled([all, holder('Bo', 3, { full: true })]), true, 'Bo cannot take more')
  t.is(isSettled([holder('Bo', 3, { online: false })]), false, 'nobody has all of it')
  t.is(isSettled([holder('Amina', FILMED, { online: false })]), true, 'who has it may have gone')
})

test('what is still to come is told for each who waits for it', (t) => {
  const holders = [holder('Amina', FILMED), holder('Bo', 10), holder('Chen', 12)]
  t.is(
    missingText(FILMED, holders),
    'handing on the rest to Bo (2.5 s to go) and Chen (0.5 s to go)'
  )
  t.ok(missingText(FILMED, []).includes('nobody has this yet'))
})
