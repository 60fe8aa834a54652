import test from 'brittle'
import type { JournalLine } from '../../core/circle/roster.ts'
import { Weighing } from '../../core/circle/weighing.ts'
import { eventually } from '../helpers/eventually.ts'
import { line, member, note } from './members.ts'

const ana = member('ana', 'organiser')

test('what comes together is weighed together, and who waits for it hears of it after that', (t) => {
  const { weighing, weighed } = scales(0)
  for (let i = 0; i < 3; i++) weighing.add(said(i))
  t.alike(weighed, [])
  weighing.settled(() => weighed.push(['told']))
  t.alike(weighed, [['0', '1', '2'], ['told']])
  weighing.settled(() => weighed.push(['told']))
  t.alike(weighed.at(-1), ['told'], 'where nothing is left to be weighed nobody waits')
  weighing.stop()
})

test('where weighing takes long, what comes next is weighed together, and told after three times as long', (t) => {
  const { weighing, weighed, wait } = scales(500)
  const tell = (i: number): void => {
    weighing.add(said(i))
    weighing.settled(() => weighed.push(['told ' + i]))
  }
  for (let i = 0; i < 100; i++) tell(i)
  t.alike(weighed, [['0'], ['told 0']])
  wait(1500)
  tell(100)
  t.is(weighed[2]!.length, 100)
  t.is(weighed.length, 2 + 1 + 100)
  weighing.stop()
})

test('what we say ourselves is weighed at once, however long it takes', (t) => {
  const { weighing, weighed } = scales(500)
  for (let i = 0; i < 3; i++) {
    weighing.add(said(i))
    weighing.now()
  }
  t.alike(weighed, [['0'], ['1'], ['2']])
  weighing.stop()
})

test('a line after which nothing is read is weighed all the same', async (t) => {
  const { weighing, weighed } = scales(0)
  weighing.add(said(7))
  await eventually(() => weighed.length > 0)
  t.alike(weighed, [['7']])
  weighing.stop()
})

/** @param takesMs each time */
function scales(takesMs: number) {
  let nowMs = 0
  const weighed: string[][] = []
  const weigh = (lines: JournalLine[]): void => {
    nowMs += takesMs
    weighed.push(lines.map(({ index }) => String(index)))
  }
  const wait = (ms: number): void => void (nowMs += ms)
  return { weighing: new Weighing(weigh, { monotonicMs: () => nowMs }), weighed, wait }
}

function said(index: number): JournalLine {
  return line(ana, index, note('no'))
}
