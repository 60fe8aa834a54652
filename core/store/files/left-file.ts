// The file `left`: which circles this device has given up, and what of them is still to be deleted.
// Must never: be taken for empty where it cannot be read: half of a circle would stay, and be no circle.

import { leftCircles } from '../../encoding/memory/left-circles.ts'
import type { LeftCircle } from '../../encoding/memory/left-circles.ts'
import { decode, encode } from '../../encoding/wire.ts'
import { path, readFileIfAny, writeFileAtomic } from '../../runtime/fs.ts'

export const LEFT_FILE = 'left'

export function saveLeft(dir: string, left: LeftCircle[]): Promise<void> {
  return writeFileAtomic(path.join(dir, LEFT_FILE), encode(leftCircles, left))
}

/** @throws TemoinError BAD_ENCODING */
export async function loadLeft(dir: string): Promise<LeftCircle[]> {
  const raw = await readFileIfAny(path.join(dir, LEFT_FILE))
  return raw === null ? [] : decode(leftCircles, raw, 'list of circles that were given up')
}
