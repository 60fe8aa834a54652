// What devices and circles are called: the name they say they have, made safe, or the beginning of the key
// where there is none. A name is its owner's word, so who is shown like another has its key beside it.

import z32 from 'z32'
import type { Circle } from '../../circle/circle.ts'
import type { Roster } from '../../circle/roster.ts'
import { hex } from '../../encoding/hex.ts'
import { plain } from '../../evidence/text/plain.ts'
import type { DeviceKey } from '../../types/keys.ts'

/** Letters of a key that tell a device from others. */
const SHORT = 8
/** As the command and the app make them up where nobody has given one. */
const MADE_UP = /^device-[0-9a-f]{4}$/

/** By roster, which never changes: what each is called, and the names that several are shown by. */
const shown = new WeakMap<Roster, Shown>()

interface Shown {
  /** By device, as hex. */
  names: Map<string, string>
  shared: Set<string>
}

export function nameOf({ roster }: Pick<Circle, 'roster'>, device: DeviceKey): string {
  const key = z32.encode(device).slice(0, SHORT)
  const name = shownIn(roster).names.get(hex(device)) ?? key
  return isShared({ roster }, device) ? `${name} (${key})` : name
}

/** True where several are called so, or what a person takes for the same. */
export function isShared({ roster }: Pick<Circle, 'roster'>, device: DeviceKey): boolean {
  const { names, shared } = shownIn(roster)
  return shared.has(folded(names.get(hex(device)) ?? ''))
}

export function circleNameOf(circle: Circle): string {
  return plain(circle.name) || z32.encode(circle.id).slice(0, SHORT)
}

/** False for a name that nobody gave. */
export function isGiven(name: string): boolean {
  return name !== '' && !MADE_UP.test(name)
}

function shownIn(roster: Roster): Shown {
  const known = shown.get(roster)
  if (known !== undefined) return known
  const names = new Map(
    roster.members.map(({ device, name }) => [
      hex(device),
      plain(name) || z32.encode(device).slice(0, SHORT)
    ])
  )
  const found = { names, shared: sharedIn([...names.values()].map(folded)) }
  shown.set(roster, found)
  return found
}

function sharedIn(names: readonly string[]): Set<string> {
  const met = new Set<string>()
  return new Set(names.filter((name) => met.has(name) || !met.add(name)))
}

/** Names that a person takes for the same one: whatever the case, the width of letters and the spaces. */
function folded(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ')
}
