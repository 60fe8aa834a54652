// Which members are going to delete what they hold of a circle, and when, as they said themselves. From the
// moment they say so nobody may give up a copy for theirs.
// Must never: take one member's word for another's leaving.

import { hex } from '../encoding/hex.ts'
import type { Leaving } from '../encoding/journal/journal-entry.ts'
import type { JournalLine } from '../circle/roster.ts'
import type { DeviceKey, JournalKey } from '../types/keys.ts'

/** Two clocks decide, the leaver's and that of who counts: phones are wrong by hours, seldom by days. */
const CLOCKS_MS = 2 * 86_400_000

/** Until when what a member holds may be counted on that deletes it no earlier than then, ms since 1970. */
export function countsUntil(dueAtMs: number): number {
  return dueAtMs - CLOCKS_MS
}

interface Said extends Leaving {
  journal: JournalKey
  index: number
}

export class Leavings {
  readonly #last = new Map<string, Said>()

  /** A line of a journal, in whatever order they come: what was said last counts. */
  read({ entry, device, journal, index }: JournalLine): void {
    if (entry.kind !== 'leaving') return
    const id = hex(device)
    const last = this.#last.get(id)
    if (last === undefined || entry.body.atMs >= last.atMs)
      this.#last.set(id, { ...entry.body, journal, index })
  }

  /** Where in its journals it said so last; null where it never has. */
  saidIn(device: DeviceKey): { journal: JournalKey; index: number } | null {
    return this.#last.get(hex(device)) ?? null
  }

  /** When it was last said whether this device leaves, ms since 1970; 0 for never. */
  saidAtOf(device: DeviceKey): number {
    return this.#last.get(hex(device))?.atMs ?? 0
  }

  /** When what this device holds may be gone, ms since 1970; null where it stays. */
  dueOf(device: DeviceKey): number | null {
    return this.#last.get(hex(device))?.dueAtMs ?? null
  }
}
