// Writes what was measured into bench/README.md, each report between its own markers, and leaves the
// rest of the page alone: a run of one scenario renews that one only.

import { fileURLToPath } from '#url'
import { fs, path } from '../../../core/runtime/fs.ts'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../..')
const PAGE = path.join(ROOT, 'bench/README.md')

export async function writeResults(sections: Map<string, string>): Promise<void> {
  let page = String(await fs.promises.readFile(PAGE, 'utf8'))
  for (const [name, text] of sections) page = replaceBetween(page, name, text)
  await fs.promises.writeFile(PAGE, page)
}

/** What the page says now in the place of a report. */
export async function resultsOf(name: string): Promise<string> {
  return textBetween(String(await fs.promises.readFile(PAGE, 'utf8')), name)
}

/** Pure: the text between `<!-- name -->` and `<!-- /name -->`. */
export function textBetween(page: string, name: string): string {
  const [from, to] = place(page, name)
  return page.slice(from, to).trim()
}

/** Pure: the page with the text between `<!-- name -->` and `<!-- /name -->` replaced. */
export function replaceBetween(page: string, name: string, text: string): string {
  const [from, to] = place(page, name)
  return `${page.slice(0, from)}\n\n${text}\n\n${page.slice(to)}`
}

function place(page: string, name: string): [from: number, to: number] {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = page.indexOf(open)
  const to = page.indexOf(close)
  if (from < 0 || to < from) throw new Error(`bench/README.md has no place for ${name}`)
  return [from + open.length, to]
}
