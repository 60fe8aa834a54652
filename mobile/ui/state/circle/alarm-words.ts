// Which sentences tell an alarm: what happened, what to do about it, and whether it is proven or only
// somebody's word. Pure; the words are in `words/`.

import type { AlarmItem, AlarmKind } from '../../../../core/api/contract.ts'
import type { Sentence } from './sentence.ts'

/** From what cannot wait to what is good to know. */
export type Urgency = 'now' | 'soon' | 'know'

const URGENCY: Record<AlarmKind, Urgency> = {
  silence: 'now',
  'fork-offer': 'soon',
  'rival-history': 'soon',
  'write-after-seal': 'soon',
  'false-holding': 'soon',
  'journal-flood': 'soon',
  'storage-damaged': 'soon',
  'storage-low': 'soon',
  'battery-low': 'know',
  'clock-off': 'know'
}

export type AlarmFacts = Pick<AlarmItem, 'device' | 'by' | 'proven'> & { kind: string }

/** @param isSelf is this the device the screen is on */
export interface AlarmPeople {
  isSelf: (device: string) => boolean
  nameOf: (device: string) => string
}

export interface AlarmTold {
  what: Sentence
  todo: Sentence
  /** How it is known; null where this device saw it itself. */
  source: Sentence | null
  urgency: Urgency
}

/** @returns what a newer engine says in the words for what is not known here */
export function alarmTold(alarm: AlarmFacts, people: AlarmPeople): AlarmTold {
  const { kind, device } = alarm
  const isKnown = Object.hasOwn(URGENCY, kind)
  const words = isKnown ? kind : 'unknown'
  const whose = people.isSelf(device) ? 'mine' : 'theirs'
  const values = { name: people.nameOf(device) }
  return {
    what: { key: `alarm.${words}.${whose}`, values },
    todo: { key: `alarm.${words}.todo-${whose}`, values },
    source: sourceOf(alarm, people),
    urgency: isKnown ? URGENCY[kind as AlarmKind] : 'soon'
  }
}

function sourceOf({ by, proven }: AlarmFacts, people: AlarmPeople): Sentence | null {
  if (proven) return { key: 'alarm.proven' }
  return people.isSelf(by) ? null : { key: 'alarm.says', values: { name: people.nameOf(by) } }
}

/** Older than this an alarm is in the list and no more on the first screen. */
const FRESH_MS = 24 * 3_600_000

/** How many alarms somebody should look at today. */
export function needingYou(alarms: readonly AlarmItem[], nowMs: number): number {
  return alarms.filter(({ kind, atMs }) => URGENCY[kind] !== 'know' && atMs > nowMs - FRESH_MS)
    .length
}
