// Whether an alarm is said (again): pure, time is an argument. A member who misbehaves a thousand times
// must not make the others fill their journals with it, and what is true only for now may be said
// again later.

import b4a from 'b4a'
import { hex } from '../../encoding/hex.ts'
import type { Alarm, AlarmKind } from '../../encoding/journal/journal-entry.ts'

const HOUR_MS = 3_600_000
/**
 * Alarms of one device in an hour, about anybody and about one: of each kind by itself, and apart from
 * those with something to show, so that nobody hides what counts behind what does not.
 */
const MAX_IN_AN_HOUR = 60
const MAX_ABOUT_ONE = 8
/** Things that one device is remembered to have said. */
const MAX_REMEMBERED = 4096

/** The same alarm about the same thing is said again after this. */
const AGAIN_AFTER_MS: Record<AlarmKind, number> = {
  'fork-offer': Infinity,
  'rival-history': Infinity,
  'write-after-seal': Infinity,
  'false-holding': Infinity,
  'clock-off': 24 * HOUR_MS,
  silence: Infinity,
  'battery-low': HOUR_MS,
  'storage-low': HOUR_MS,
  'journal-flood': 24 * HOUR_MS,
  'storage-damaged': 0 // each one ends what was signed for before it
}

/** What only a device itself can know. */
const OF_ITSELF: readonly AlarmKind[] = ['battery-low', 'storage-low', 'storage-damaged']

export type Accusation = Pick<Alarm, 'alarm' | 'recording' | 'device' | 'proof' | 'atMs'>

/** What one device has said so far. */
export class SaidAlarms {
  readonly #lastMs = new Map<string, number>()
  /** By group: see `MAX_IN_AN_HOUR`. */
  readonly #recent = new Map<string, Accusation[]>()

  /** True where this is worth an entry in a journal, or a line on a screen. */
  isDue(alarm: Accusation): boolean {
    const { alarm: kind, device, atMs } = alarm
    if (kind === 'storage-damaged') return true
    const last = this.#lastMs.get(idOf(alarm))
    if (last !== undefined && atMs - last < AGAIN_AFTER_MS[kind]) return false
    const group = this.#recent.get(groupOf(alarm)) ?? []
    const lately = group.filter((one) => Math.abs(atMs - one.atMs) < HOUR_MS)
    const aboutIt = lately.filter((one) => b4a.equals(one.device, device))
    return lately.length < MAX_IN_AN_HOUR && aboutIt.length < MAX_ABOUT_ONE
  }

  note(alarm: Accusation): void {
    const id = idOf(alarm)
    this.#lastMs.delete(id)
    this.#lastMs.set(id, alarm.atMs)
    const oldest = this.#lastMs.keys().next().value
    if (this.#lastMs.size > MAX_REMEMBERED && oldest !== undefined) this.#lastMs.delete(oldest)
    const group = this.#recent.get(groupOf(alarm)) ?? []
    this.#recent.set(groupOf(alarm), [...group, alarm].slice(-MAX_IN_AN_HOUR))
  }
}

/**
 * Of too many, the oldest of whoever has said most goes: a member that says whatever comes to its mind
 * takes the place of nobody else's.
 */
export function keptOf<T extends { by: Uint8Array }>(all: readonly T[], most: number): T[] {
  const kept = [...all]
  while (kept.length > most) {
    const counts = new Map<string, number>()
    for (const { by } of kept) counts.set(hex(by), (counts.get(hex(by)) ?? 0) + 1)
    const [loudest] = [...counts].sort(([, a], [, b]) => b - a)[0]!
    kept.splice(
      kept.findIndex(({ by }) => hex(by) === loudest),
      1
    )
  }
  return kept
}

/** False for what a device cannot say of another one. */
export function maySay(by: Uint8Array, { alarm, device }: Accusation): boolean {
  return b4a.equals(by, device) || !OF_ITSELF.includes(alarm)
}

function idOf({ recording, device, ...alarm }: Accusation): string {
  return [groupOf(alarm), hex(device), recording === null ? '' : hex(recording)].join(' ')
}

function groupOf({ alarm, proof }: Pick<Accusation, 'alarm' | 'proof'>): string {
  return proof.byteLength > 0 ? alarm + ' shown' : alarm
}
