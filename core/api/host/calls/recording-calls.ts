// Films that are held here: read, looked into, said something of.

import { TemoinError } from '../../../errors.ts'
import { timelineOf } from '../../media/film-timeline.ts'
import type { Host } from '../host.ts'
import type { FilmGroup } from '../views/recording-views.ts'
import type { Group } from './handlers.ts'

const MAX_READ = 256

export function recordingCalls(host: Host): Group<'recording'> {
  return {
    'recording.read': (given) => host.current.recordings.read(given.keys('recordings', MAX_READ)),
    'recording.timeline': (given) => timelineOf(groupOf(host, given.key('recording')).parts),
    'recording.annotate': () => {
      const sentence = 'A film that is over cannot be added to yet: note it down with the export'
      throw new TemoinError('BAD_STATE', sentence)
    }
  }
}

/** @throws TemoinError RECORDING_UNKNOWN */
export function groupOf(host: Host, recording: Uint8Array): FilmGroup {
  const found = host.current.recordings.groupOf(recording)
  if (found !== null) return found
  throw new TemoinError('RECORDING_UNKNOWN', 'This device knows no such recording')
}
