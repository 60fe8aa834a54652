// Whether an alarm is said (again): pure, time is an argument. A member who misbehaves a thousand times
// must not make the others fill their journals with it, and what is true only for now may be said
// again later.

import b4a from 'b4a'
import { hex } from '../../encoding/hex.ts'
import type { Alarm, AlarmKind } from '../../encoding/journal-entry.ts'

const HOUR_MS = 3_600_000
/** Alarms of one device in an hour, about anybody and about one. */
const MAX_IN_AN_HOUR = 60
const MAX_ABOUT_ONE = 8

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
  'storage-damaged': 0 // each one ends what was signed for before it
}

/** What only a device itself can know. */
const OF_ITSELF: readonly AlarmKind[] = ['battery-low', 'storage-low', 'storage-damaged']

export type Accusation = Pick<Alarm, 'alarm' | 'recording' | 'device' | 'atMs'>

/** What one device has said so far. */
export class SaidAlarms {
  readonly #lastMs = new Map<string, number>()
  #recent: Accusation[] = []

  /** True where this is worth an entry in a journal, or a line on a screen. */
  isDue(alarm: Accusation): boolean {
    const { alarm: kind, device, atMs } = alarm
    if (kind === 'storage-damaged') return true
    const last = this.#lastMs.get(idOf(alarm))
    if (last !== undefined && atMs - last < AGAIN_AFTER_MS[kind]) return false
    const lately = this.#recent.filter((one) => Math.abs(atMs - one.atMs) < HOUR_MS)
    const aboutIt = lately.filter((one) => b4a.equals(one.device, device))
    return lately.length < MAX_IN_AN_HOUR && aboutIt.length < MAX_ABOUT_ONE
  }

  note(alarm: Accusation): void {
    this.#lastMs.set(idOf(alarm), alarm.atMs)
    this.#recent = [...this.#recent, alarm].slice(-MAX_IN_AN_HOUR)
  }
}

/** False for what a device cannot say of another one. */
export function maySay(by: Uint8Array, { alarm, device }: Accusation): boolean {
  return b4a.equals(by, device) || !OF_ITSELF.includes(alarm)
}

function idOf({ alarm, recording, device }: Accusation): string {
  return [alarm, hex(device), recording === null ? '' : hex(recording)].join(' ')
}
