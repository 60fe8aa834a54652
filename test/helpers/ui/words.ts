// The words of the app as its files have them, for tests of who chooses them.

import { fs, path } from '../../../core/runtime/fs.ts'
import { root } from '../root.ts'

const FOLDER = path.join(root, 'mobile/ui/words')

export const languages: string[] = (fs.readdirSync(FOLDER) as string[])
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.replace('.json', ''))

/** Languages that lack words for a key (in any plural form), none where all is well. */
export function lacking(key: string): string[] {
  return languages.filter((language) => formsOf(language, key).length === 0)
}

/** The text under a key; where there are plural forms, the one for others. */
export function textOf(language: string, key: string): string {
  const forms = formsOf(language, key)
  return forms.find(([name]) => name.endsWith('_other'))?.[1] ?? forms[0]![1]
}

function formsOf(language: string, key: string): [string, string][] {
  const steps = key.split('.')
  const last = steps.pop()!
  let tree = wordsOf(language)
  for (const step of steps) tree = (tree[step] ?? {}) as Record<string, unknown>
  const isForm = (name: string): boolean =>
    name.replace(/_(zero|one|two|few|many|other)$/, '') === last
  return Object.entries(tree).filter(
    ([name, text]) => isForm(name) && typeof text === 'string'
  ) as [string, string][]
}

function wordsOf(language: string): Record<string, unknown> {
  const text = fs.readFileSync(path.join(FOLDER, `${language}.json`), 'utf8') as string
  return JSON.parse(text) as Record<string, unknown>
}
