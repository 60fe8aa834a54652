// A few words that both sides of a pairing show, and people compare: the same on both screens where
// nobody sits between them. Words are numbers until a screen shows them: each in its own language.
//
// Both sides are bound before either knows the other's random number (`interview.ts`, `candidate.ts`), so
// whoever sits between them has one chance in 2^33 with each try, whatever they compute.

import { labelled } from '../../identity/hash.ts'
import type { DeviceKey } from '../../types/keys.ts'
import { ENGLISH } from './words/english.ts'
import { FRENCH } from './words/french.ts'

export const PHRASE_WORDS = 3
/** 2048 words in each list. */
const WORD_BITS = 11

export const LANGUAGES = ['en', 'fr'] as const
export type Language = (typeof LANGUAGES)[number]

/** Numbers of words, each from 0 to 2047. */
export type CheckPhrase = readonly number[]

const LISTS: Record<Language, readonly string[]> = { en: ENGLISH, fr: FRENCH }

export interface Transcript {
  /** Of the Noise stream, 64 bytes. */
  handshakeHash: Uint8Array
  inviter: DeviceKey
  /** The inviter's, said after the candidate had committed to its request. 32 bytes. */
  nonce: Uint8Array
  /** The candidate's request: its keys, name, addresses and random number. */
  ask: Uint8Array
}

export function checkPhrase({ handshakeHash, inviter, nonce, ask }: Transcript): CheckPhrase {
  const digest = labelled('temoin/pair-phrase/1', handshakeHash, inviter, nonce, ask)
  return Array.from({ length: PHRASE_WORDS }, (_, i) => bitsAt(digest, i * WORD_BITS))
}

/** `river apple stone` */
export function phraseText(phrase: CheckPhrase, language: Language): string {
  return phrase.map((number) => LISTS[language][number]).join(' ')
}

/** Eleven bits from bit `start` on, the first the highest. */
function bitsAt(bytes: Uint8Array, start: number): number {
  const at = start >> 3
  const window = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!
  return (window >> (24 - WORD_BITS - (start & 7))) & (2 ** WORD_BITS - 1)
}
