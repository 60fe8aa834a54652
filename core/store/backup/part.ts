// A copy that is not whole yet: under another name, with a mark in it. It has the keys of the device, so
// one that was cut short is removed by the next.
// Must never: remove what no backup has made.

import { TemoinError } from '../../errors.ts'
import {
  exists,
  fs,
  makeDirectories,
  namesIn,
  path,
  removeTree,
  syncDirectory
} from '../../runtime/fs.ts'
import { removeMark, setMark } from '../files/mark.ts'

/** In the copy as long as something of it is missing. */
export const UNFINISHED = 'backup-unfinished'

/**
 * Fills `target`, which is there only once `fill` has resolved.
 * @param fill is given the directory to put everything in
 * @throws BAD_INPUT where something else has the name that is needed meanwhile
 */
export async function inPart(target: string, fill: (part: string) => Promise<void>): Promise<void> {
  const part = target + '.part'
  await dropPart(part)
  await makeDirectories(part, 0o700)
  try {
    await setMark(path.join(part, UNFINISHED))
    await fill(part)
    await removeMark(path.join(part, UNFINISHED))
    await fs.promises.rename(part, target)
    await syncDirectory(path.dirname(part))
  } finally {
    await removeTree(part)
  }
}

async function dropPart(part: string): Promise<void> {
  if (!(await exists(part))) return
  const names = await namesIn(part)
  if (names.length > 0 && !(await exists(path.join(part, UNFINISHED)))) throw isForeign(part)
  await fs.promises.rm(part, { recursive: true })
}

function isForeign(part: string): TemoinError {
  return new TemoinError(
    'BAD_INPUT',
    `There is something in ${part} that no unfinished backup has left: move it away, or name another directory`
  )
}
