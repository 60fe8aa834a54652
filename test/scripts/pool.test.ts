import test from 'brittle'
import { leaks } from '../helpers/leaks.ts'
import { importScript } from '../helpers/script.ts'

type Job = () => Promise<void>
const { runAll } = await importScript<{
  runAll(jobs: Job[]): Promise<void>
}>('lib/testing/pool.mjs')

/** Jobs that wait, and how many of them have run, and did at once. */
function waiting(count: number) {
  const seen = { done: 0, now: 0, most: 0 }
  const job: Job = async () => {
    seen.most = Math.max(seen.most, ++seen.now)
    await new Promise((resolve) => setTimeout(resolve, 20))
    seen.now--
    seen.done++
  }
  return { seen, jobs: Array.from({ length: count }, () => job) }
}

test('Every job runs, several at once, and the run ends with the last of them', async (t) => {
  leaks(t)
  const { seen, jobs } = waiting(40)
  await runAll(jobs)
  t.alike([seen.done, seen.now], [40, 0])
  t.ok(seen.most > 1, `${seen.most} at once`)
})

test('A run without jobs ends', async (t) => {
  leaks(t)
  await runAll([])
  t.pass()
})

test('Once the jobs are taken away, it ends with those that run', async (t) => {
  const { seen, jobs } = waiting(40)
  const all = runAll(jobs)
  jobs.length = 0
  await all
  t.is(seen.done, seen.most)
})
