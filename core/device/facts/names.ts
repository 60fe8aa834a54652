// What devices and circles are called: the name their owner gave, made safe, or the beginning of the key
// where there is none.

import z32 from 'z32'
import type { Circle } from '../../circle/circle.ts'
import { plain } from '../../evidence/text/plain.ts'
import type { DeviceKey } from '../../types/keys.ts'

export function nameOf(circle: Pick<Circle, 'roster'>, device: DeviceKey): string {
  const name = plain(circle.roster.find(device)?.name ?? '')
  return name === '' ? z32.encode(device).slice(0, 8) : name
}

export function circleNameOf(circle: Circle): string {
  return plain(circle.name) || z32.encode(circle.id).slice(0, 8)
}
