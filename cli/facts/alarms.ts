// Alarms as people and programs read them: one sentence with what follows from it, one object.

import type { AlarmKind } from '../../core/encoding/journal/journal-entry.ts'
import type { RaisedAlarm } from '../../core/exchange/alarms/alarms.ts'
import type { Exchange } from '../../core/exchange/exchange.ts'
import { isoText, keyText, shortKey } from '../output/units.ts'
import { nameOf } from '../../core/device/facts/names.ts'

/** @param who the device it is about @param what the recording, or what else */
type Sentence = (who: string, what: string) => string

const SENTENCES: Record<AlarmKind, Sentence> = {
  'fork-offer': (who, what) =>
    `${who} offered a shortened or rewritten history of ${what}; nothing held is given up`,
  'rival-history': (who, what) =>
    `a second, different history of ${what} came up with ${who}; nothing held is given up`,
  'write-after-seal': (who, what) =>
    `${who} signed more of ${what} after its end: only what comes before it is the film`,
  'false-holding': (who, what) =>
    `${who} claims to hold of ${what} what it has not, or does not give: do not count on it`,
  'clock-off': (who) => `the clock of ${who} is far off: set it, or its dates are worth nothing`,
  silence: (who, what) =>
    `${what} stopped without an end, and ${who} cannot be reached: ask how they are`,
  'journal-flood': (who) =>
    `${who} has written more in its journal than anybody needs: the rest is not fetched; ask how they are, and revoke the device if it is not theirs any more`,
  'battery-low': (who) => `the battery of ${who} is nearly empty`,
  'storage-low': (who) => `${who} has hardly any room left`,
  'storage-damaged': (who, what) =>
    `${who} has lost some of ${what}: it does not count as safe there until it has signed anew`
}

export function alarmText(alarm: RaisedAlarm, { circle }: Exchange): string {
  const { alarm: kind, recording, device, by, isProven } = alarm
  const what = recording ? `the recording ${shortKey(recording)}` : whatElse(kind)
  const source = isProven ? 'proven' : `says ${nameOf(circle, by)}`
  return `${SENTENCES[kind](nameOf(circle, device), what)} (${source})`
}

/** To be put behind the sentence, where the same was said so often. */
export function timesText(times: number): string {
  return times === 1 ? '' : `; ${times} like it by now`
}

export function alarmFields(alarm: RaisedAlarm, { circle }: Exchange) {
  const { alarm: kind, recording, device, by, isProven, atMs } = alarm
  return {
    kind,
    recording: recording && keyText(recording),
    device: keyText(device),
    by: keyText(by),
    at: isoText(atMs),
    proven: isProven,
    circle: keyText(circle.id)
  }
}

function whatElse(kind: AlarmKind): string {
  return kind === 'storage-damaged' ? 'what it held' : 'a journal'
}
