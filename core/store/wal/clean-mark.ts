// The mark of a store whose last process closed it: which write-ahead logs it left, and how long they
// are. Only a store that still has all of that goes on where it was. One that was moved aside, damaged
// or cut short since does not, or it would say something new at a place where others have heard it
// before.
// Must never: be left in place while the store is open.

import b4a from 'b4a'
import { fs, path, readFileIfAny, writeFileAtomic } from '../../runtime/fs.ts'
import { logNames } from './wal-check.ts'
import type { WalReport } from './wal-check.ts'

/** A log's name and its bytes, a line each. */
const LINE = /^(\d+\.log) (\d+)$/

/** @param dbDir the database, closed by now */
export async function markClean(file: string, dbDir: string): Promise<void> {
  const lines: string[] = []
  for (const name of await logNames(dbDir)) {
    lines.push(`${name} ${(await fs.promises.stat(path.join(dbDir, name))).size}\n`)
  }
  await writeFileAtomic(file, b4a.from(lines.join('')))
}

/** True where `file` marks the very store that `report` is of. */
export async function isMarkedClean(file: string, report: WalReport): Promise<boolean> {
  const bytes = await readFileIfAny(file)
  if (bytes === null || report.state !== 'sound' || report.files.length === 0) return false
  const left = marked(b4a.toString(bytes))
  const newest = [...left.keys()].at(-1)
  const found = report.files.map((log) => path.basename(log.file))
  if (newest === undefined || found.at(-1) !== newest) return false
  return report.files.every((log, i) => left.get(found[i]!) === log.validBytes)
}

/** In the order in which they were written. */
function marked(text: string): Map<string, number> {
  const logs = new Map<string, number>()
  for (const line of text.split('\n')) {
    const [, name, bytes] = LINE.exec(line) ?? []
    if (name !== undefined) logs.set(name, Number(bytes))
  }
  return logs
}
