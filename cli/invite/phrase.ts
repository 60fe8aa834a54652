// The check phrase as this screen shows it: first in its own language, then in the other, so that two
// people compare the same words whatever their screens are set to.

import process from '#process'
import { LANGUAGES, phraseText } from '../../core/circle/pairing/check-phrase.ts'
import type { CheckPhrase, Language } from '../../core/circle/pairing/check-phrase.ts'
import { oneOf } from '../values.ts'
import type { Invocation } from '../verb.ts'

export const LANGUAGE_FLAG: [spec: string, description: string] = [
  '--language <en|fr>',
  'Language of the check phrase (default that of the system)'
]

export function languageOf({ flags }: Invocation): Language {
  const given = flags['language']
  if (given !== undefined) return oneOf('--language', String(given), LANGUAGES)
  const { env } = process
  const locale = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || ''
  return locale.toLowerCase().startsWith('fr') ? 'fr' : 'en'
}

/** Fields of an event. */
export function phraseFields(phrase: CheckPhrase, language: Language) {
  const phrases = Object.fromEntries(LANGUAGES.map((each) => [each, phraseText(phrase, each)]))
  return { phrase: phraseText(phrase, language), phrases }
}

/** `river apple stone (fr: …)` */
export function shownPhrase(phrase: CheckPhrase, language: Language): string {
  const others = LANGUAGES.filter((each) => each !== language)
  const rest = others.map((each) => `${each}: ${phraseText(phrase, each)}`)
  return `${phraseText(phrase, language)} (${rest.join('; ')})`
}
