// Recordings that lie in the store and that no circle of this device tells of, in words and events.

import type { Device } from '../../core/device.ts'
import type { Stray } from '../../core/device/strays.ts'
import { isoText, keyText } from '../output/units.ts'
import { byPrefix } from '../values.ts'

/** A `recording` event like the others, without what only a circle could tell. */
export function strayFields({ key, author, startedAtMs, length }: Stray) {
  return {
    recording: keyText(key),
    author: author === null ? null : keyText(author),
    circle: null,
    startedAt: isoText(startedAtMs),
    length,
    seconds: null,
    sealed: false,
    live: false,
    reason: null,
    previous: null,
    holders: [],
    known: false
  }
}

export function straysText(count: number): string {
  const one = count === 1
  const what = one
    ? '1 recording in this store belongs'
    : `${count} recordings in this store belong`
  const it = one ? 'it is' : 'they are'
  return `${what} to no circle that this device remembers; nothing is lost: "temoin export <recording> <dir>" takes out what it can read, and once it has joined their circle again ${it} known as before`
}

/** The one whose key begins so, or null. */
export async function findStray(device: Device, wanted: string): Promise<Stray | null> {
  const strays = await device.strays.list(device.circles)
  return byPrefix('A recording', wanted, strays, ({ key }) => key)
}
