// Films that are held here: read, looked into, said something of.

import { TemoinError } from '../../../errors.ts'
import { TAG_KINDS } from '../../../encoding/recording/entry.ts'
import type { Replica } from '../../../replica/replica.ts'
import { timelineOf } from '../../media/film-timeline.ts'
import type { Host } from '../host.ts'
import type { FilmGroup } from '../views/recording-views.ts'
import type { Group } from './handlers.ts'

const MAX_READ = 256
/** Ten days. */
const MAX_SECONDS = 864_000

export function recordingCalls(host: Host): Group<'recording'> {
  return {
    'recording.read': (given) => host.current.recordings.read(given.keys('recordings', MAX_READ)),
    'recording.timeline': (given) => timelineOf(groupOf(host, given.key('recording'))),
    'recording.annotate': async (given) => {
      const { exchange, parts } = groupOf(host, given.key('recording'))
      const { part, seconds } = momentIn(parts, given.number('seconds', 0, MAX_SECONDS))
      const tag = given.has('tag') ? given.oneOf('tag', TAG_KINDS) : null
      const said = { tag, text: given.text('text'), filmMs: Math.round(seconds * 1000) }
      await host.current.device.annotations.add(exchange, part, said)
    }
  }
}

/** The part that is running at a moment of the film, and the moment of that part. */
function momentIn(parts: readonly Replica[], seconds: number): { part: Replica; seconds: number } {
  let left = seconds
  for (const part of parts) {
    if (part === parts.at(-1) || part.seconds === null || left < part.seconds)
      return { part, seconds: left }
    left -= part.seconds
  }
  throw new Error('A film has at least one part')
}

/** @throws TemoinError RECORDING_UNKNOWN */
export function groupOf(host: Host, recording: Uint8Array): FilmGroup {
  const found = host.current.recordings.groupOf(recording)
  if (found !== null) return found
  throw new TemoinError('RECORDING_UNKNOWN', 'This device knows no such recording')
}
