import test from 'brittle'
import { importScript } from '../helpers/script.ts'

interface Result {
  name: string
  passed: number
  failed: number
  output: string
  unsteady?: boolean
}
const { toRunAgain, judge } = await importScript<{
  toRunAgain(results: Result[]): Result[]
  judge(first: Result, second: Result): Result
}>('lib/testing/again.mjs')

const result = (name: string, failed: number, output = ''): Result => ({
  name,
  passed: 2 - failed,
  failed,
  output
})

test('What has failed is run again where it is little, but not the lint', (t) => {
  const passed = result('media/x', 0)
  const failed = ['a', 'b', 'c', 'd'].map((name) => result(name, 1))
  const again = (...results: Result[]) => toRunAgain([passed, ...results]).map(({ name }) => name)
  t.alike(again(), [])
  t.alike(again(...failed.slice(0, 3)), ['a', 'b', 'c'])
  t.alike(again(...failed), [], 'so many have not failed for want of a quick machine')
  t.alike(again(result('lint', 1), failed[0]!), ['a'])
})

test('Who fails by itself as well has failed', (t) => {
  const second = result('a', 1, 'second')
  t.alike(judge(result('a', 2, 'first'), second), second)
})

test('Who passes by itself has passed, and is told of with what went wrong before', (t) => {
  const { passed, failed, output, unsteady } = judge(
    result('a', 1, 'first'),
    result('a', 0, 'second')
  )
  t.alike([passed, failed, output, unsteady], [2, 0, 'first', true])
})
