// Recordings as events show them, and the one that a person names by the first letters of its key.

import type { Device } from '../../core/device.ts'
import type { RecordingFacts } from '../../core/device/facts/recordings.ts'
import { TemoinError } from '../../core/errors.ts'
import { isoText, keyText, rounded } from '../output/units.ts'
import { byPrefix } from '../values.ts'
import { holderFields } from './holders.ts'

export function recordingFields(facts: RecordingFacts) {
  const { replica, exchange, length, seconds, sealed, live, reason, holders } = facts
  const { recording, author, startedAtMs, previous } = replica.announced
  return {
    recording: keyText(recording),
    author: keyText(author),
    circle: keyText(exchange.circle.id),
    startedAt: isoText(startedAtMs),
    length,
    seconds: seconds === null ? null : rounded(seconds),
    sealed,
    live,
    reason,
    previous: previous === null ? null : keyText(previous),
    holders: holders.filter((holder) => holder.length > 0).map(holderFields)
  }
}

/** The recording with this key, or with a key that begins so. */
export function findRecording(device: Device, wanted: string) {
  const all = device.circles.flatMap((exchange) =>
    [...exchange.replicas, ...exchange.apart].map((replica) => ({ exchange, replica }))
  )
  const found = byPrefix('A recording', wanted, all, ({ replica }) => replica.key)
  if (found !== null) return found
  throw new TemoinError(
    'RECORDING_UNKNOWN',
    'This device knows no such recording: "temoin list" shows those it knows'
  )
}
