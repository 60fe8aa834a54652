// Which sentences tell a change of who belongs, or of a name: who did what to whom, and what became of it where that
// is not simply what was said. Pure; the words are in `words/`.
// Must never: leave out a statement, not even one that does not count.

import type { HistoryItem, HistoryKind } from '../../../../core/api/contract.ts'
import type { Sentence } from './sentence.ts'

/** `state` on-hold or void, or `why` not null: it has less than its full effect. */
export type Change = Pick<
  HistoryItem,
  'kind' | 'by' | 'about' | 'role' | 'reason' | 'name' | 'was' | 'state' | 'why'
>

export interface People {
  /** This device. */
  self: string
  nameOf: (device: string) => string
  /** A name that somebody gave, to stand within a sentence; that of a device without one where it is empty. */
  named: (name: string, device: string) => string
  /** A role, in the language of the screen. */
  roleName: (role: string) => string
}

/** Who did what to whom. */
export function changeSentence(change: Change, people: People): Sentence {
  const { kind, by, about, role } = change
  const values = {
    by: people.nameOf(by),
    about: people.nameOf(about),
    name: people.named(change.name, about),
    was: people.named(change.was, about),
    role: role === null ? '' : people.roleName(role)
  }
  return { key: `change.${kind}.${voiceOf(change, people.self)}`, values }
}

/**
 * What became of it, where it has less than its full effect; null where it simply holds. A revocation
 * that waits for a second has its effect at once, other statements that wait have none yet.
 */
export function effectSentence(change: Change, people: People): Sentence | null {
  const { kind, state, why, by, about } = change
  if (why === null) return null
  const values = { by: people.nameOf(by), about: people.nameOf(about) }
  if (why === 'needs-second') {
    const isInForce = kind === 'member-revoked' && state === 'effective'
    return { key: isInForce ? 'effect.needs-second-in-force' : 'effect.needs-second', values }
  }
  return { key: `effect.${WHYS.find((one) => one === why) ?? 'other'}`, values }
}

/**
 * What `about` was called when it was let in, where it is called otherwise now; null for any other change.
 * @param now what it is called
 */
export function nameThen({ kind, name }: Change, now: string): string | null {
  return kind === 'named' || name === '' || name === now ? null : name
}

/** Why a statement counts for less, as the engine calls it (core/circle/rules/outcome/history.ts). */
export const WHYS = [
  'no-right',
  'cut-off',
  'on-hold',
  'no-object',
  'foreign-key',
  'reinstated',
  'unconfirmed',
  'not-independent',
  'disputed'
] as const

/** Languages speak differently of the reader: `you`, `yourself`. */
export const VOICES = ['others', 'byYou', 'aboutYou', 'ofYourself', 'ofItself'] as const
export type Voice = (typeof VOICES)[number]

function voiceOf({ kind, by, about }: Change, self: string): Voice {
  if (kind === 'circle-created') return by === self ? 'byYou' : 'others'
  if (by === about) return by === self ? 'ofYourself' : 'ofItself'
  if (by === self) return 'byYou'
  return about === self ? 'aboutYou' : 'others'
}

/** Nobody can let themselves in, agree with themselves and so on: those voices have no words. */
export function voicesOf(kind: HistoryKind): readonly Voice[] {
  if (kind === 'circle-created') return ['others', 'byYou']
  if (kind === 'named') return ['ofYourself', 'ofItself']
  return VOICES
}
