// A copy that is not whole yet: under another name, with a mark in it. It has the keys of the device, so
// one that was cut short is removed by the next.
// Must never: remove what no backup has made, or what one that runs makes.

import { systemCode, TemoinError } from '../../errors.ts'
import {
  exists,
  fs,
  makeDirectories,
  namesIn,
  path,
  removeTree,
  syncDirectory
} from '../../runtime/fs.ts'
import { FileLock } from '../../runtime/lock.ts'
import { removeMark } from '../files/mark.ts'

/** In the copy as long as something of it is missing. */
export const UNFINISHED = 'backup-unfinished'
/** What no device is without; copied among the first files. */
const SEED = 'seed'
/** Beside a lock (runtime/lock.ts). */
const PID = 'pid'

/**
 * Fills `target`, which is there only once `fill` has resolved.
 * @param fill is given the directory to put everything in
 * @throws BAD_INPUT where something else has the name that is needed meanwhile, STORAGE_LOCKED where another
 * copy is being written to it
 */
export async function inPart(target: string, fill: (part: string) => Promise<void>): Promise<void> {
  const part = target + '.part'
  const mark = path.join(part, UNFINISHED)
  await assertOurs(part)
  await makeDirectories(part, 0o700)
  const lock = await hold(part)
  try {
    await emptied(part)
    await fill(part)
    await removePid(part)
    await removeMark(mark)
    await fs.promises.rename(part, target)
  } catch (err) {
    await removeTree(part) // before it is another's
    throw err
  } finally {
    lock.release()
  }
  await syncDirectory(path.dirname(part))
}

/** The mark is what is locked: who was killed holds it no more. */
async function hold(part: string): Promise<FileLock> {
  const lock = new FileLock()
  if (!takes(lock, path.join(part, UNFINISHED))) throw isHeld(part)
  if (await exists(path.join(part, UNFINISHED))) return lock
  lock.release()
  throw isHeld(part) // it has just become whole
}

/** Some file systems that are reached over a network have no locks: there it is as if nobody else were. */
function takes(lock: FileLock, file: string): boolean {
  try {
    return lock.take(file)
  } catch (err) {
    if (systemCode(err) === 'ENOENT') throw err
    return true
  }
}

/** Of what a copy that was cut short has left, nothing but the mark stays. */
async function emptied(part: string): Promise<void> {
  for (const name of await namesIn(part)) {
    if (name !== UNFINISHED && name !== PID) await removeTree(path.join(part, name))
  }
  await syncDirectory(part)
}

function removePid(part: string): Promise<void> {
  return fs.promises.rm(path.join(part, PID), { force: true })
}

async function assertOurs(part: string): Promise<void> {
  if (!(await exists(part))) return
  const names = await namesIn(part)
  if (names.length === 0 || names.includes(UNFINISHED)) return
  throw names.includes(SEED) ? isWhole(part) : isForeign(part)
}

function isHeld(part: string): TemoinError {
  return new TemoinError(
    'STORAGE_LOCKED',
    `Another copy is being written to ${part}: wait for it to end, or name another directory`
  )
}

/** The mark goes, on the disk, before the name changes: whoever was killed between the two had made it all. */
function isWhole(part: string): TemoinError {
  return new TemoinError(
    'BAD_INPUT',
    `${part} is a whole copy, whose backup was cut short as it was about to give it its name: move it to a name of your own, or restore from it, then give this again`
  )
}

function isForeign(part: string): TemoinError {
  return new TemoinError(
    'BAD_INPUT',
    `There is something in ${part} that no unfinished backup has left: move it away, or name another directory`
  )
}
