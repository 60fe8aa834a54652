// A film that its author told of over a link, while no journal tells of it: kept by whoever heard of it,
// and said on. The attestation in it is the author's own.

import type { DeviceKey } from '../../types/keys.ts'
import { recordingAnnounced } from '../journal/journal-entry-outline.ts'
import type { RecordingAnnounced } from '../journal/journal-entry.ts'
import { fixed32, struct } from '../wire.ts'

export interface ToldFilm {
  /** Its author. */
  device: DeviceKey
  body: RecordingAnnounced
}

export const toldFilm = struct<ToldFilm>({ device: fixed32, body: recordingAnnounced })
