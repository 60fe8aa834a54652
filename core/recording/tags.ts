// What block 0 shows in place of a circle and a device: keyed hashes that differ from recording to
// recording, so who has the blocks alone cannot tell that two films come from one person, while a member
// can check.

import type { CircleId, DeviceKey, RecordingKey } from '../types/keys.ts'
import { derive } from '../identity/hash.ts'

export function circleTag(
  tagKey: Uint8Array,
  circle: CircleId,
  recording: RecordingKey
): Uint8Array {
  return derive(tagKey, 'temoin/circle-tag/1', circle, recording)
}

export function deviceTag(
  tagKey: Uint8Array,
  device: DeviceKey,
  recording: RecordingKey
): Uint8Array {
  return derive(tagKey, 'temoin/device-tag/1', device, recording)
}
