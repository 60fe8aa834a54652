// One clear sentence for what can be wrong with the directory of a store, each with what to do.
// Must never: hide what the system said; it is the cause.

import { TemoinError, systemCode } from '../errors.ts'

type Sentence = [code: 'STORAGE_DENIED' | 'STORAGE_FULL', sentence: string]

const NOT_YOURS: Sentence = [
  'STORAGE_DENIED',
  'is not readable and writable for you: change its permissions, or use another --storage directory'
]
const NO_DIRECTORY: Sentence = [
  'STORAGE_DENIED',
  'is not a directory: use another --storage directory'
]
const SENTENCES: Record<string, Sentence> = {
  EACCES: NOT_YOURS,
  EPERM: NOT_YOURS,
  EROFS: ['STORAGE_DENIED', 'is on a read-only disk: use another --storage directory'],
  ENOTDIR: NO_DIRECTORY,
  EEXIST: NO_DIRECTORY,
  ELOOP: ['STORAGE_DENIED', 'is a link that leads to itself: use another --storage directory'],
  ENOSPC: [
    'STORAGE_FULL',
    'is on a full disk: free some space, then start again; nothing held here is lost'
  ]
}

/** One clear sentence for what can be wrong with a directory. */
export function asStorageError(err: unknown, dir: string, otherwise = damaged): TemoinError {
  if (err instanceof TemoinError) return err
  const known = SENTENCES[systemCode(err) ?? '']
  if (known) return new TemoinError(known[0], `The storage ${dir} ${known[1]}`, { cause: err })
  if (/\block/i.test(String((err as Error)?.message))) return inUse(dir, err)
  return (err as any)?.code === 'DEVICE_FILE' ? copied(err, dir) : otherwise(err, dir)
}

export function inUse(dir: string, cause?: unknown): TemoinError {
  const sentence = `Another temoin is running on ${dir}: close it, or use another --storage directory`
  return new TemoinError('STORAGE_LOCKED', sentence, { cause })
}

/** A read-only disk, a link that leads nowhere or in a circle: Node calls each of them something else. */
export function notMade(cause: unknown, dir: string): TemoinError {
  const sentence = `The storage ${dir} cannot be made: see that its disk is there and may be written to, or use another --storage directory`
  return new TemoinError('STORAGE_DENIED', sentence, { cause })
}

/** Two devices with one key would contradict each other: Corestore refuses a store that is not its own. */
function copied(cause: unknown, dir: string): TemoinError {
  const sentence = `The store in ${dir} was copied here: use the one it was copied from or, where that never runs again, give "restore --yes" to go on here with all it holds`
  return new TemoinError('STORAGE_DENIED', sentence, { cause })
}

function damaged(cause: unknown, dir: string): TemoinError {
  const sentence = `The store in ${dir} cannot be opened: nothing was deleted; move "store" aside and start again to fetch everything from the other holders`
  return new TemoinError('STORAGE_DAMAGED', sentence, { cause })
}
