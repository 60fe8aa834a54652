// How the circle screens say things: sentences of the pure parts in words, times and lengths as people
// read them, names of devices.

import type { CircleState, Failure, MemberItem, Role } from '../../../../core/api/contract.ts'
import { connection } from '../../engine/engine.ts'
import { EngineFailure } from '../../engine/failure.ts'
import { dateText } from '../../state/date-text.ts'
import { memberCalled, shortKey } from '../../state/circle/circle-view.ts'
import { presenceSentences, type Times } from '../../state/circle/member-words.ts'
import { failureSentence } from '../../state/circle/refusal-words.ts'
import type { Sentence } from '../../state/circle/sentence.ts'
import { withKey } from '../../state/names.ts'
import { language, t, type WordKey } from '../../words/words.ts'

/** FIRST STRONG ISOLATE and POP DIRECTIONAL ISOLATE: a name does not turn the sentence around it over. */
const ISOLATE = ['\u2068', '\u2069'] as const

/** What somebody else wrote, to stand within a sentence. */
export function isolated(text: string): string {
  return ISOLATE.join(text)
}

/** test/mobile holds that every sentence of the pure parts has words. */
export function say({ key, values }: Sentence): string {
  return t(`circle.${key}` as WordKey, values)
}

export function circleName({ name }: Pick<CircleState, 'name'>): string {
  return name === '' ? t('circle.unnamed') : name
}

/** As it stands alone; with its key where others are called alike. */
export function memberName(circle: CircleState, device: string): string {
  const { name = '', alike = false } = memberCalled(circle, device) ?? {}
  if (name === '') return nameless(device)
  return alike ? withKey(name, shortKey(device)) : name
}

export function nameless(device: string): string {
  return t('circle.nameless', { key: shortKey(device) })
}

/** What it was let in as, to stand within a sentence. */
export function formerName({ addedAs, device }: Pick<MemberItem, 'addedAs' | 'device'>): string {
  return isolated(addedAs === '' ? nameless(device) : addedAs)
}

/** As it stands within a sentence. */
export function nameIn(circle: CircleState): (device: string) => string {
  return (device) => isolated(memberName(circle, device))
}

export function roleName(role: string): string {
  return t(`circle.role.${role as Role}`)
}

export function presenceOf(member: MemberItem): string[] {
  return presenceSentences(member, times(), connection.value === 'open').map(say)
}

/** `12:04:31`, with the day behind it where it is not today's. */
export function momentText(ms: number): string {
  const time = format(ms, { timeStyle: 'medium' })
  const isToday = new Date(ms).toDateString() === new Date().toDateString()
  return isToday ? time : t('circle.time.onDay', { time, day: dayText(ms) })
}

/** For what people plan by: no seconds. */
export function untilText(ms: number): string {
  const time = format(ms, { timeStyle: 'short' })
  const isToday = new Date(ms).toDateString() === new Date().toDateString()
  return isToday ? time : t('circle.time.onDay', { time, day: dayText(ms) })
}

export function dayText(ms: number): string {
  return format(ms, { day: 'numeric', month: 'short', year: 'numeric' })
}

/** `3 min 20 s` */
export function durationText(seconds: number): string {
  const whole = Math.floor(seconds)
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  if (h > 0) return t('circle.time.duration.hm', { h, m })
  return m > 0 ? t('circle.time.duration.ms', { m, s }) : t('circle.time.duration.s', { s })
}

export function times(): Times {
  return { nowMs: Date.now(), momentText, dayText, durationText }
}

/** Of a call that failed. */
export function failureText(err: unknown): string {
  return say(failureSentence(failureOf(err)))
}

export function failureOf(err: unknown): Failure {
  const message = err instanceof Error ? err.message : String(err)
  return { code: err instanceof EngineFailure ? err.code : 'INTERNAL', message }
}

/** 24 hours, and the digits that counts are shown in, whatever the language. */
function format(ms: number, options: Intl.DateTimeFormatOptions): string {
  const plain = { hourCycle: 'h23', numberingSystem: 'latn' } as const
  return dateText(language.value, ms, { ...plain, ...options })
}
