// What this device is called: said in every circle it is in, in its own journals, so that everybody calls it so.
// Must never: say it where nobody could read it (a relay has no words), or where it was said already.

import b4a from 'b4a'
import type { Circle } from '../circle/circle.ts'
import { TemoinError } from '../errors.ts'
import { plain } from '../evidence/text/plain.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { MAX_NAME_BYTES, MAX_NAMES } from '../limits.ts'
import type { DeviceKey } from '../types/keys.ts'

/** As it is shown everywhere, without what could fool a reader. @throws TemoinError BAD_INPUT */
export function nameFrom(text: string): string {
  const name = plain(text, Infinity)
  if (name !== '' && b4a.byteLength(name) <= MAX_NAME_BYTES) return name
  throw new TemoinError('BAD_INPUT', `A name has 1 to ${MAX_NAME_BYTES} bytes: give another one`)
}

/**
 * In the journals of all these circles, on our disk, when it resolves: who is out of reach hears it later.
 * @returns those where it was said, or had been
 * @throws TemoinError BAD_STATE where one has heard too many names already; then it is said in none
 */
export async function sayName(
  exchanges: readonly Exchange[],
  self: DeviceKey,
  { name, atMs }: { name: string; atMs: number }
): Promise<Exchange[]> {
  const hearing = exchanges.filter(({ circle }) => maySay(circle, self))
  const lacking = hearing.filter(({ circle }) => lastName(circle, self) !== name)
  for (const { circle } of lacking) {
    if (circle.namesSaidBy(self).length >= MAX_NAMES) throw enough(circle)
  }
  for (const { circle } of lacking) await circle.say({ kind: 'named', body: { name, atMs } })
  return hearing
}

/** Also where the line that lets this device in has not been read yet. */
function maySay({ roster, epochs }: Circle, self: DeviceKey): boolean {
  const member = roster.find(self)
  if (member === null) return epochs.isWhole
  return member.state !== 'cut-off' && member.role !== 'relay'
}

function lastName(circle: Circle, self: DeviceKey): string | null {
  const member = circle.roster.find(self)
  if (member !== null) return member.name
  const last = circle.namesSaidBy(self).at(-1)
  return last?.entry.kind === 'named' ? last.entry.body.name : null
}

function enough(circle: Circle): TemoinError {
  const where = plain(circle.name)
  const why = `This device has been renamed ${MAX_NAMES} times in ${where}: that is all it can`
  return new TemoinError('BAD_STATE', why)
}
