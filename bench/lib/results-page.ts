// Writes what was measured into bench/README.md, each report between its own markers, and leaves the
// rest of the page alone: a run of one scenario renews that one only.

import { fileURLToPath } from '#url'
import { fs, path } from '../../core/runtime/fs.ts'

const ROOT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..')
const PAGE = path.join(ROOT, 'bench/README.md')

export async function writeResults(sections: Map<string, string>): Promise<void> {
  let page = String(await fs.promises.readFile(PAGE, 'utf8'))
  for (const [name, text] of sections) page = replaceBetween(page, name, text)
  await fs.promises.writeFile(PAGE, page)
}

/** Pure: the page with the text between `<!-- name -->` and `<!-- /name -->` replaced. */
export function replaceBetween(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = page.indexOf(open)
  const to = page.indexOf(close)
  if (from < 0 || to < from) throw new Error(`bench/README.md has no place for ${name}`)
  return `${page.slice(0, from + open.length)}\n\n${text}\n\n${page.slice(to)}`
}
