// Takes over the recordings of a store that nobody has open, such as the one a panic has left, into another:
// each block proven by its author's signature, as if it had come over a link. Needs no key.
// Must never: take a journal, follow a fork, or write to the store it reads (but to mend its log).

import type Corestore from 'corestore'
import { TemoinError } from '../errors.ts'
import { exists, path } from '../runtime/fs.ts'
import type { RecordingKey } from '../types/keys.ts'
import { copyCore } from './copy-core.ts'
import { mendLog, readStore } from './opening.ts'
import { isRecording } from './recording-core.ts'

export interface TakenRecording {
  recording: RecordingKey
  /** Blocks of it that are here now. */
  blocks: number
  /** Blocks that the other store says it has, and that could not be read or proven. */
  lost: number
}

/** @throws TemoinError BAD_INPUT where `dir` is no store */
export async function takeRecordings(dir: string, into: Corestore): Promise<TakenRecording[]> {
  if (!(await exists(path.join(dir, 'db')))) throw notKept(dir)
  await mendLog(dir)
  return readStore(dir, {}, async (source) => {
    const taken: TakenRecording[] = []
    for await (const discoveryKey of source.list()) {
      const core = source.get({ discoveryKey, active: false })
      await core.ready()
      if (await isRecording(core)) {
        const { copied: blocks, lost } = await copyCore(core, into, () => {})
        taken.push({ recording: core.key, blocks, lost })
      }
      await core.close()
    }
    return taken
  })
}

function notKept(dir: string): TemoinError {
  const sentence = `There is nothing kept in ${dir}: name the folder "kept" that a panic has left, or a copy of it`
  return new TemoinError('BAD_INPUT', sentence)
}
