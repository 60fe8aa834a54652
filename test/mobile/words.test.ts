// The words of the app: every language says everything, with the same values filled in.

import test from 'brittle'
import { fs, path } from '../../core/runtime/fs.ts'
import { root } from '../helpers/root.ts'

const folder = path.join(root, 'mobile/ui/words')
const names = (fs.readdirSync(folder) as string[]).filter((name) => name.endsWith('.json')).sort()
const reference = flat(read('en.json'))

test('Every language has the same keys', (t) => {
  t.ok(names.length >= 3, names.join(', '))
  for (const name of names) t.alike(keysOf(flat(read(name))), keysOf(reference), name)
})

test('Every language fills in the same values', (t) => {
  const wanted = valuesOf(reference)
  for (const name of names) t.alike(valuesOf(flat(read(name))), wanted, name)
})

test('No word is empty', (t) => {
  for (const name of names) {
    const empty = [...flat(read(name))].filter(([, text]) => text.trim() === '')
    t.alike(empty, [], name)
  }
})

/** Else a line of a narrow screen may begin with the sign. */
test('In French a space that belongs to a sign keeps it on the line of its word', (t) => {
  const parted = [...flat(read('fr.json'))].filter(([, text]) => / [:;!?»]|« /.test(text))
  t.alike(parted, [])
})

/** Without the plural form: languages have one to six of them. */
function keysOf(words: Map<string, string>): string[] {
  return [...new Set([...words.keys()].map(withoutForm))].sort()
}

/** By key, what every form of it together fills in (a form for one may leave the number out). */
function valuesOf(words: Map<string, string>): Record<string, string[]> {
  const found: Record<string, Set<string>> = {}
  for (const [key, text] of words) {
    const set = (found[withoutForm(key)] ??= new Set())
    for (const [, name] of text.matchAll(/\{\{(\w+)\}\}/g)) set.add(name!)
  }
  return Object.fromEntries(
    Object.entries(found)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, set]) => [key, [...set].sort()])
  )
}

function withoutForm(key: string): string {
  return key.replace(/_(zero|one|two|few|many|other)$/, '')
}

function flat(tree: object, prefix = ''): Map<string, string> {
  const found = new Map<string, string>()
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') found.set(prefix + key, value)
    else for (const [inner, text] of flat(value, `${prefix}${key}.`)) found.set(inner, text)
  }
  return found
}

function read(name: string): object {
  return JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8') as string) as object
}
