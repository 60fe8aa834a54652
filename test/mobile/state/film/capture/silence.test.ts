import test from 'brittle'
import { isDead, looked } from '../../../../../mobile/ui/state/film/capture/silence.ts'
import type { Silence } from '../../../../../mobile/ui/state/film/capture/silence.ts'

/** @param words so far, at each look */
const after = (words: number[]): Silence => words.reduce(looked, { looks: 0, silent: 0, words: 0 })

test('A worker that says nothing for ten looks is dead', (t) => {
  t.absent(isDead(after(Array(9).fill(0))))
  t.ok(isDead(after(Array(10).fill(0))))
})

test('A worker that speaks now and then lives, however slow it is', (t) => {
  const slow = Array.from({ length: 50 }, (_, look) => Math.floor(look / 9))
  t.absent(isDead(after(slow)))
})

test('A worker that speaks and never comes to its end is given up as well', (t) => {
  t.ok(isDead(after(Array.from({ length: 60 }, (_, look) => look * 4))))
})
