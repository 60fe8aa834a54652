import test from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { root } from '../helpers/root.ts'
import { importScript } from '../helpers/script.ts'

interface Batch {
  names: string[]
  runtime: string
}
const plan = await importScript<{
  NODE_FIRST: string[]
  planOf(files: { name: string; code: string }[], runtimes: string[]): Batch[]
}>('lib/testing/plan.mjs')
const { planOf, NODE_FIRST } = plan

const both = ['node', 'bare']
const CLI = `import { run } from '../helpers/cli/cli.js'`
const file = (name: string, code = ''): { name: string; code: string } => ({ name, code })
const many = (folder: string, count: number) =>
  Array.from({ length: count }, (_, i) => file(`${folder}/${i}`))

test('Every file runs once under each runtime that is asked for', (t) => {
  const files = [...many('store', 30), ...many('media', 5), file('device'), file('cli/x', CLI)]
  for (const runtimes of [both, ['node'], ['bare']]) {
    const runs = planOf(files, runtimes).flatMap(({ names, runtime }) =>
      names.map((name) => `${runtime} ${name}`)
    )
    const wanted = files.flatMap(({ name }) => runtimes.map((runtime) => `${runtime} ${name}`))
    t.alike(runs.sort(), wanted.sort())
  }
})

test('Files share a process with a few of their own folder', (t) => {
  const batches = planOf([...many('store', 20), ...many('media', 3)], ['node'])
  for (const { names } of batches) {
    t.ok(names.length <= 12)
    t.is(new Set(names.map((name) => name.split('/')[0])).size, 1)
  }
  t.ok(batches.length <= 3, `${batches.length} processes`)
})

test('A file that starts processes has one of its own', (t) => {
  const batches = planOf([file('cli/a'), file('cli/b', CLI), file('cli/c')], ['node'])
  t.alike(
    batches.map(({ names }) => names),
    [['cli/a', 'cli/c'], ['cli/b']]
  )
})

test('Stories of several processes run under Node alone, and first', (t) => {
  const batches = planOf([...many('store', 3), file('e2e/kill'), file('browser/film')], both)
  t.alike(
    batches.map(({ names, runtime }) => [names[0], runtime]),
    [
      ['e2e/kill', 'node'],
      ['browser/film', 'node'],
      ['store/0', 'node'],
      ['store/0', 'bare']
    ]
  )
})

test('A story of the command that the engine tests as well runs under Bare where only that is asked for', (t) => {
  const runtimesOf = (runtimes: string[]) =>
    planOf([file('cli/verbs/circle/members', CLI)], runtimes).map(({ runtime }) => runtime)
  t.alike(runtimesOf(both), ['node'])
  t.alike(runtimesOf(['node']), ['node'])
  t.alike(runtimesOf(['bare']), ['bare'])
})

test('What is named as such a story is one', (t) => {
  for (const name of NODE_FIRST) {
    const code = fs.readFileSync(path.join(root, `dist/test/${name}.test.js`), 'utf8') as string
    t.ok(/helpers\/cli\//.test(code), name)
  }
})
