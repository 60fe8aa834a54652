import test from 'brittle'
import { Silences } from '../../../core/exchange/handing-on/silences.ts'
import type { Replica } from '../../../core/replica/replica.ts'

const FILM = {} as Replica
const OTHER = {} as Replica

test('a silence as long as that of an entry that does not come is asked about once', (t) => {
  const silences = new Silences()
  t.absent(silences.isDue(FILM, 5000, 6000), 'an entry may take a second')
  t.ok(silences.isDue(FILM, 5000, 6200))
  t.absent(silences.isDue(FILM, 5000, 6450), 'asked, and not answered yet')
  t.ok(silences.isDue(OTHER, 5000, 6450), 'each recording has silences of its own')
})

test('one that lasts is asked about ever less often', (t) => {
  const silences = new Silences()
  const askedAtMs: number[] = []
  for (let nowMs = 0; nowMs <= 3600_000; nowMs += 250) {
    if (silences.isDue(FILM, 0, nowMs)) askedAtMs.push(nowMs)
  }
  t.alike(askedAtMs.slice(0, 3), [1250, 2500, 5000])
  t.is(askedAtMs.length, 12, 'in an hour')
})

test('what comes ends it, and the next is a silence like the first', (t) => {
  const silences = new Silences()
  t.ok(silences.isDue(FILM, 0, 10_000))
  t.absent(silences.isDue(FILM, 10_500, 11_500))
  t.ok(silences.isDue(FILM, 10_500, 11_700))
})
