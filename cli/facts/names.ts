// What devices and circles are called on a terminal: the name their owner gave, made safe, or the
// beginning of the key where there is none.

import type { Circle } from '../../core/circle/circle.ts'
import type { DeviceKey } from '../../core/types/keys.ts'
import { plain } from '../output/printable.ts'
import { shortKey } from '../output/units.ts'

export function nameOf(circle: Pick<Circle, 'roster'>, device: DeviceKey): string {
  const name = plain(circle.roster.find(device)?.name ?? '')
  return name === '' ? shortKey(device) : name
}

export function circleNameOf(circle: Circle): string {
  return plain(circle.name) || shortKey(circle.id)
}
