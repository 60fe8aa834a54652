// What a piece of advice is, and which pieces a person in a country is shown. The words are data: a file
// for everywhere, a file for each country that says what the law there adds, with its sources.
// Must never: say what the law is without naming where that is written, or call itself a lawyer.

import { EVERYWHERE } from './everywhere.ts'
import { FRANCE } from './france.ts'
import { UNITED_KINGDOM } from './united-kingdom.ts'
import { UNITED_STATES } from './united-states.ts'

/** Every text there is in both; other languages show the English. */
export const ADVICE_LANGUAGES = ['fr', 'en'] as const
export type AdviceLanguage = (typeof ADVICE_LANGUAGES)[number]
export type InBoth<T> = Record<AdviceLanguage, T>

/** In the order in which they are shown: what helps while filming first. */
export const TOPICS = [
  'silence', // film without comment
  'details', // plate and number
  'distance',
  'officers', // film officers, not crowds
  'not-live', // do not publish live
  'asked-to-stop',
  'phone', // who may take it, open it, delete from it
  'arrested'
] as const
export type Topic = (typeof TOPICS)[number]

/** What holds everywhere: a headline that says what to do, why, and words to say aloud. */
export interface Basics {
  title: string
  why: string
  /** Exact words to use, where words help. */
  say?: string
}

/** What one country adds to a topic. */
export interface Addition {
  text: InBoth<string>
  /** Numbers of its sources in the file's own list. */
  sources: readonly number[]
}

export interface CountryAdvice {
  /** ISO 3166-1, small letters. */
  country: string
  name: InBoth<string>
  /** Named as they are published, each in its own language. */
  sources: readonly string[]
  /** When these texts were last held against their sources, `2026-11`. */
  checkedOn: string
  /** Which lawyer has read them; null as long as none has: the screen says so. */
  readBy: string | null
  additions: Partial<Record<Topic, Addition>>
}

export const COUNTRIES: readonly CountryAdvice[] = [FRANCE, UNITED_KINGDOM, UNITED_STATES]

/** One card, as it is shown. */
export interface Card extends Basics {
  topic: Topic
  /** What the law of the country adds; null where nothing is known of it. */
  here: string | null
  sources: string[]
}

/** @param country null where the person has chosen none, or one of which nothing is known */
export function cardsFor(country: CountryAdvice | null, language: AdviceLanguage): Card[] {
  return TOPICS.map((topic) => {
    const addition = country?.additions[topic]
    return {
      topic,
      ...EVERYWHERE[topic][language],
      here: addition?.text[language] ?? null,
      sources: (addition?.sources ?? []).map((number) => country!.sources[number]!)
    }
  })
}

/**
 * The country a person is likely in, as their device's languages say (`fr-FR`): a guess, to be changed
 * on the screen. Never by place: advice is no reason to ask where somebody is.
 */
export function guessedCountry(languages: readonly string[]): CountryAdvice | null {
  for (const language of languages) {
    const region = language.split('-').slice(1).find(isRegion)
    const found = COUNTRIES.find(({ country }) => country === region?.toLowerCase())
    if (found !== undefined) return found
  }
  return null
}

export function countryCalled(country: string | null): CountryAdvice | null {
  return COUNTRIES.find((one) => one.country === country) ?? null
}

export function adviceLanguage(language: string): AdviceLanguage {
  return language.startsWith('fr') ? 'fr' : 'en'
}

/** Not the script in `zh-Hant-TW`. */
function isRegion(part: string): boolean {
  return /^[A-Za-z]{2}$/.test(part)
}
