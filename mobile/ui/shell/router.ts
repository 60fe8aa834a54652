// Which screen is shown: the part of the address behind `#`. Nothing of it goes to a server, and the
// back button works. `#watch/<recording>` opens a screen on one thing; `#film-now` is the shortcut.

import { computed, signal } from '@preact/signals'

export const SCREENS = ['film', 'circle', 'recordings', 'watch', 'advice', 'settings'] as const
export type ScreenName = (typeof SCREENS)[number]

export interface Place {
  screen: ScreenName
  /** What the screen is about, decoded: `watch/<recording>` has one. */
  rest: string[]
  /** Asked to begin filming at once, from a shortcut. */
  filmNow: boolean
}

const hash = signal(location.hash)
addEventListener('hashchange', () => {
  hash.value = location.hash
})

/** Where the app is. */
export const place = computed<Place>(() => placeOf(hash.value))

/** The address of a screen, for `href`. */
export function linkTo(screen: ScreenName, ...rest: string[]): string {
  return `#${[screen, ...rest].map(encodeURIComponent).join('/')}`
}

export function goTo(screen: ScreenName, ...rest: string[]): void {
  location.hash = linkTo(screen, ...rest)
}

function placeOf(text: string): Place {
  const [first = '', ...rest] = text.replace(/^#\/?/, '').split('/').map(decoded)
  const screen = SCREENS.find((name) => name === first) ?? 'film'
  return { screen, rest: screen === first ? rest : [], filmNow: first === 'film-now' }
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
