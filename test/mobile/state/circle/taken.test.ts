import test from 'brittle'
import { ifTakenNow } from '../../../../mobile/ui/state/circle/taken.ts'
import type { OwnFilm } from '../../../../mobile/ui/state/circle/taken.ts'
import { takenSafety, takenSentence } from '../../../../mobile/ui/state/circle/taken-words.ts'
import { lacking } from '../../../helpers/ui/words.ts'

const NOON = Date.UTC(2026, 4, 1, 12)

test('A phone that has filmed nothing has nothing to lose', (t) => {
  t.alike(ifTakenNow([]), { kind: 'nothing-filmed' })
})

test('What nobody signed for is with nobody, however many are online', (t) => {
  t.alike(ifTakenNow([film(0, 60, {})]), { kind: 'nobody' })
  t.alike(ifTakenNow([film(0, 60, { ana: 0, ben: 0 })]), { kind: 'nobody' })
})

test('Devices that have every block of every film hold everything', (t) => {
  const films = [film(0, 60, { ana: 'all', ben: 'all' }), film(100, 20, { ana: 'all', ben: 5 })]
  t.alike(ifTakenNow(films), { kind: 'everything', devices: 1 })
})

test('Nobody holds everything while some of it is in the memory of a page alone', (t) => {
  const films = [film(0, 60, { ana: 'all' })]
  t.alike(ifTakenNow(films, true), { kind: 'but-page', devices: 1 })
  t.alike(ifTakenNow([], true), { kind: 'nobody' })
  t.alike(ifTakenNow([film(0, 60, { ana: 5 })], true), ifTakenNow([film(0, 60, { ana: 5 })]))
})

test('While filming, those count that reach furthest, up to what each of them has', (t) => {
  const films = [film(0, 60, { ana: 58, ben: 57.5, cat: 20 })]
  t.alike(ifTakenNow(films), { kind: 'until', devices: 2, untilMs: NOON + 57_500 })
})

test('A device that lacks an earlier film does not hold everything until a later one', (t) => {
  const films = [film(0, 60, { ana: 10 }), film(100, 20, { ana: 20 })]
  t.alike(ifTakenNow(films), { kind: 'until', devices: 1, untilMs: NOON + 10_000 })
})

test('Where no device has everything and together they do, that is said', (t) => {
  const films = [film(0, 60, { ana: 'all' }), film(100, 20, { ben: 'all' })]
  t.alike(ifTakenNow(films), { kind: 'together', devices: 2, untilMs: null })
  const live = [film(0, 60, { ana: 'all' }), film(100, 20, { ben: 12 })]
  t.alike(ifTakenNow(live), { kind: 'together', devices: 2, untilMs: NOON + 112_000 })
})

test('A holder that is going to delete counts for nothing', (t) => {
  const leaving = film(0, 60, { ana: 'all' })
  leaving.holders = leaving.holders.map((one) => ({ ...one, leavesAtMs: NOON + 1e9 }))
  t.alike(ifTakenNow([leaving]), { kind: 'nobody' })
})

test('A film whose length this device cannot tell counts by its blocks', (t) => {
  const sealed = { ...film(0, 60, { ana: 'all' }), seconds: null }
  t.alike(ifTakenNow([sealed]), { kind: 'everything', devices: 1 })
  const holders = [{ device: 'ana', seconds: null, all: false, leavesAtMs: null }]
  t.alike(ifTakenNow([{ ...sealed, holders }]), { kind: 'nobody' })
})

test('Each finding has its sentence in every language, and only all of it is called safe', (t) => {
  const found = [
    { kind: 'nothing-filmed' },
    { kind: 'nobody' },
    { kind: 'everything', devices: 2 },
    { kind: 'but-page', devices: 2 },
    { kind: 'until', devices: 2, untilMs: NOON },
    { kind: 'together', devices: 2, untilMs: NOON },
    { kind: 'together', devices: 2, untilMs: null }
  ] as const
  for (const taken of found) {
    const { key, values } = takenSentence(taken, () => '12:04:31')
    t.alike(lacking(`circle.${key}`), [], key)
    if ('untilMs' in taken && taken.untilMs !== null) t.is(values?.['time'], '12:04:31')
    t.is(takenSafety(taken, true) === 'safe', taken.kind === 'everything')
    t.is(takenSafety(taken, false), 'stale', 'nobody is told safe by an engine that is gone')
    for (const isCurrent of [true, false])
      t.alike(lacking(`circle.safety.${takenSafety(taken, isCurrent)}`), [])
  }
})

/** @param holders by device, seconds it signed for, or all */
function film(startS: number, seconds: number, holders: Record<string, number | 'all'>): OwnFilm {
  return {
    startedAtMs: NOON + 1000 * startS,
    seconds,
    holders: Object.entries(holders).map(([device, held]) => ({
      device,
      seconds: held === 'all' ? seconds : held,
      all: held === 'all',
      leavesAtMs: null
    }))
  }
}
