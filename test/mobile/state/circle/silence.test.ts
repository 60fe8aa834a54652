import test from 'brittle'
import type { CircleState } from '../../../../core/api/contract.ts'
import {
  saidInMs,
  SILENT_MS,
  silencesOf,
  type Silences
} from '../../../../mobile/ui/state/circle/silence.ts'
import { lacking } from '../../../helpers/ui/words.ts'

const NOW = 5_000_000
const LONG_AGO = NOW - 10 * SILENT_MS

const SAID: { title: string; circle: CircleState; sinceMs: number | null; inMs: number | null }[] =
  [
    { title: 'long silent', circle: circle('ben away'), sinceMs: LONG_AGO, inMs: 0 },
    { title: 'just begun', circle: circle('ben away'), sinceMs: NOW, inMs: SILENT_MS },
    { title: 'a moment before', circle: circle('ben away'), sinceMs: NOW - SILENT_MS + 1, inMs: 1 },
    { title: 'that very moment', circle: circle('ben away'), sinceMs: NOW - SILENT_MS, inMs: 0 },
    { title: 'somebody is there', circle: circle('ben online'), sinceMs: null, inMs: null },
    { title: 'alone', circle: circle(), sinceMs: LONG_AGO, inMs: null },
    { title: 'alone again', circle: circle('ben cut-off'), sinceMs: LONG_AGO, inMs: null },
    { title: 'cut off', circle: circle('ben away', 'cut-off'), sinceMs: LONG_AGO, inMs: null },
    { title: 'unconfirmed', circle: circle('ben away', 'unconfirmed'), sinceMs: 0, inMs: null },
    { title: 'not known yet', circle: circle('ben away', null), sinceMs: LONG_AGO, inMs: null },
    { title: 'on hold', circle: onHold(circle('ben away')), sinceMs: LONG_AGO, inMs: null }
  ]

test('That nobody answers is said after a while, where somebody could and nothing else is wrong', (t) => {
  for (const { title, circle, sinceMs, inMs } of SAID) {
    t.is(saidInMs(circle, sinceMs, NOW), inMs, title)
  }
})

test('A circle is silent from when nobody of it was there first, until somebody is', (t) => {
  const first = silencesOf({}, { a: circle('ben away'), b: circle('cleo online') }, NOW)
  t.alike(first, { a: NOW })
  const later = silencesOf(first, { a: circle('ben away'), b: circle('cleo away') }, NOW + 5)
  t.alike(later, { a: NOW, b: NOW + 5 })
  const answered = silencesOf(later, { a: circle('ben online'), b: circle('cleo away') }, NOW + 6)
  t.alike(answered, { b: NOW + 5 })
  const anew = silencesOf(answered, { a: circle('ben away'), b: circle('cleo away') }, NOW + 9)
  t.alike(anew, { a: NOW + 9, b: NOW + 5 })
})

test('Whoever is cut off answers for nobody', (t) => {
  const silent = silencesOf({}, { a: circle('ben away', 'active', 'max cut-off') }, NOW)
  t.alike(silent, { a: NOW })
})

test('While the engine says nothing, nobody is called silent, and the time begins anew', (t) => {
  const silent: Silences = { a: LONG_AGO }
  t.alike(silencesOf(silent, null, NOW), {})
})

test('Every language says it', (t) => {
  t.alike(lacking('circle.silence'), [])
})

/** @param other `<device> online`, `<device> away`, or `<device> cut-off`. The first member is this device. */
function circle(
  other: string | null = null,
  state: CircleState['state'] = 'active',
  ...more: string[]
): CircleState {
  const others = other === null ? [] : [other, ...more]
  const members = ['me here', ...others].map((one) => {
    const [device, how] = one.split(' ')
    const isOut = how === 'cut-off'
    return {
      device,
      self: how === 'here',
      state: isOut ? 'cut-off' : 'active',
      online: how === 'online' || isOut
    }
  })
  return { state, onHold: false, members } as unknown as CircleState
}

function onHold(circle: CircleState): CircleState {
  return { ...circle, onHold: true }
}
