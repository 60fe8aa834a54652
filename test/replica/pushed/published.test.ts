import test from 'brittle'
import { Published } from '../../../core/replica/pushed/published.ts'

test('when each of the newest blocks was handed over', (t) => {
  const published = new Published()
  for (let i = 0; i < 10; i++) published.note(1000 + i)
  t.is(published.length, 10)
  t.alike([published.atMs(0), published.atMs(9)], [1000, 1009])
  t.is(published.atMs(10), null, 'not handed over yet')
})

test('what is long ago is as old as the oldest that is remembered', (t) => {
  const published = new Published()
  for (let i = 0; i < 2000; i++) published.note(i)
  t.is(published.atMs(1999), 1999)
  t.ok(published.atMs(0)! > 1000)
  t.is(published.atMs(0), published.atMs(1))
})
