import test from 'brittle'
import { dateText } from '../../../mobile/ui/state/date-text.ts'

const style = { dateStyle: 'short', timeStyle: 'medium', timeZone: 'UTC' } as const

test('A date that no calendar has is a question mark, and takes no screen down', (t) => {
  for (const atMs of [Number.MAX_SAFE_INTEGER, 8.64e15 + 1, Infinity, NaN]) {
    t.is(dateText('en', atMs, style), '?', String(atMs))
  }
})

test('Every date that a calendar has is written', (t) => {
  t.ok(dateText('en', Date.UTC(2026, 10, 22), style).includes('26'))
  for (const atMs of [0, 8.64e15]) t.not(dateText('en', atMs, style), '?')
})
