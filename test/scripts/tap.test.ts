import test from 'brittle'
import { importScript } from '../helpers/script.ts'

interface Result {
  passed: number
  failed: number
  skipped: number
  problem: string | null
}
const { readTap } = await importScript<{
  readTap(output: string, ending: { code: number | null; timedOut: boolean }): Result
}>('lib/testing/tap.mjs')

const done = { code: 0, timedOut: false }
const tap = (...lines: string[]): string => ['TAP version 13', '', ...lines, ''].join('\n')

test('Tests are counted, assertions are not', (t) => {
  const output = tap('# a', '    ok 1 - x', '    ok 2 - y', 'ok 1 - a # time = 1ms', '1..1')
  t.alike(readTap(output, done), { passed: 1, failed: 0, skipped: 0, problem: null })
})

test('A failed test is counted once, whatever its exit code', (t) => {
  const output = tap('    not ok 1 - x', 'not ok 1 - a', 'ok 2 - b', '1..2')
  const { passed, failed, problem } = readTap(output, { code: 1, timedOut: false })
  t.alike([passed, failed, problem], [1, 1, null])
})

test('A skipped test has not passed', (t) => {
  const { passed, skipped } = readTap(tap('ok 1 - a # SKIP', 'ok 2 - b # TODO', '1..2'), done)
  t.alike([passed, skipped], [0, 2])
})

test('A file that ends before its plan has failed, even with exit code 0', (t) => {
  const { passed, failed } = readTap(tap('ok 1 - a'), done)
  t.alike([passed, failed], [1, 1])
})

test('A file that crashes, hangs or prints nothing has failed', (t) => {
  t.is(readTap(tap('ok 1 - a', '1..1'), { code: 1, timedOut: false }).failed, 1, 'exit code 1')
  t.is(readTap(tap('ok 1 - a', '1..1'), { code: null, timedOut: true }).failed, 1, 'time limit')
  t.is(readTap('', done).failed, 1, 'no output')
})

test('A file without a test has failed', (t) => {
  t.is(readTap(tap('1..0', '# ok'), done).failed, 1)
})

test('Lines are read as Windows ends them', (t) => {
  t.is(readTap(tap('ok 1 - a', '1..1').replaceAll('\n', '\r\n'), done).passed, 1)
})
