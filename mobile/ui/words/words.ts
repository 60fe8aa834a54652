// The words of the app in the language of its user. One JSON file for each language, one key space for
// each screen; a language is loaded when it is wanted. Must never: build a sentence out of pieces, or
// fall back to another language's words without a test failing (test/mobile/words.test.ts).

import { signal } from '@preact/signals'
import i18next from 'i18next'
import { kept } from '../shell/kept.ts'
import type en from './en.json'

/** In its own words, as a person looks for it. Add a language: its file, its name here. */
export const LANGUAGES = { fr: 'Français', en: 'English', ar: 'العربية' } as const
export type Language = keyof typeof LANGUAGES

const RIGHT_TO_LEFT: readonly Language[] = ['ar']
const FILES: Record<Language, () => Promise<{ default: object }>> = {
  fr: () => import('./fr.json'),
  en: () => import('./en.json'),
  ar: () => import('./ar.json')
}

type Paths<Tree, Prefix extends string = ''> = {
  [Key in keyof Tree & string]: Tree[Key] extends string
    ? `${Prefix}${WithoutPlural<Key>}`
    : Paths<Tree[Key], `${Prefix}${Key}.`>
}[keyof Tree & string]
type WithoutPlural<Key extends string> = Key extends `${infer Base}_${'one' | 'other'}` ? Base : Key

/** Every key there is: `film.start`. Plural forms (`_one`, `_other`, …) are chosen by `count`. */
export type WordKey = Paths<typeof en>
export type WordValues = Record<string, string | number>

/** The language shown now. Components that call `t` are drawn again when it changes. */
export const language = signal<Language>('fr')

/** Chooses the language (kept choice, browser, French) and loads its words. */
export async function openWords(): Promise<void> {
  await i18next.init({
    interpolation: { escapeValue: false },
    returnNull: false,
    fallbackLng: false,
    showSupportNotice: false
  } as Parameters<typeof i18next.init>[0])
  await show(chosen())
}

/** Changes the language, and keeps the choice on this device. */
export async function chooseLanguage(wanted: Language): Promise<void> {
  kept.write('language', wanted)
  await show(wanted)
}

/** The words for `key`, with `{{name}}` filled in. */
export function t(key: WordKey, values: WordValues = {}): string {
  return i18next.t(key, { ...values, lng: language.value })
}

async function show(wanted: Language): Promise<void> {
  const { default: words } = await FILES[wanted]()
  i18next.addResourceBundle(wanted, 'translation', words, true, true)
  await i18next.changeLanguage(wanted)
  document.documentElement.lang = wanted
  document.documentElement.dir = RIGHT_TO_LEFT.includes(wanted) ? 'rtl' : 'ltr'
  language.value = wanted
}

function chosen(): Language {
  const wanted = [kept.read('language'), ...navigator.languages.map((tag) => tag.split('-')[0])]
  return wanted.find(isLanguage) ?? 'fr'
}

function isLanguage(name: string | null | undefined): name is Language {
  return name != null && Object.hasOwn(LANGUAGES, name)
}
