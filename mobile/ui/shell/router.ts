// Which screen is shown: the part of the address behind `#`. Nothing of it goes to a server, and the
// back button works. `#watch/~1` opens a screen on one thing; `#film-now` is the shortcut.
// Must never: leave the key of a film or a member in the address, which browsers write down for good.

import { computed, signal } from '@preact/signals'
import { Nicknames } from '../state/nicknames.ts'

export const SCREENS = ['film', 'circle', 'recordings', 'watch', 'advice', 'settings'] as const
export type ScreenName = (typeof SCREENS)[number]

export interface Place {
  screen: ScreenName
  /** What the screen is about, decoded: `watch/<recording>` has one. */
  rest: string[]
  /** Asked to begin filming at once, from a shortcut. */
  filmNow: boolean
}

/** An address below that of a screen. */
const BELOW = new RegExp(`^#(${SCREENS.join('|')})/`)
/** As long as the page lives. */
const nicknames = new Nicknames()
const hash = signal('')
addEventListener('hashchange', read)
read()

/** Where the app is. */
export const place = computed<Place>(() => placeOf(hash.value))

/** The address of a screen, for `href`. */
export function linkTo(screen: ScreenName, ...rest: string[]): string {
  return `#${[screen, ...rest].map((part) => encodeURIComponent(nicknames.of(part))).join('/')}`
}

export function goTo(screen: ScreenName, ...rest: string[]): void {
  location.hash = linkTo(screen, ...rest)
}

/** An address with a key in it, or with a name that an earlier page gave, is replaced by one without. */
function read(): void {
  const { screen, rest } = placeOf(location.hash)
  const clean = linkTo(screen, ...rest)
  if (BELOW.test(location.hash) && location.hash !== clean)
    history.replaceState(history.state, '', clean)
  hash.value = location.hash
}

function placeOf(text: string): Place {
  const [first = '', ...rest] = text.replace(/^#\/?/, '').split('/').map(decoded)
  const screen = SCREENS.find((name) => name === first) ?? 'film'
  const meant = rest.map((part) => nicknames.meant(part))
  if (meant.includes(null)) return { screen: withoutName(screen), rest: [], filmNow: false }
  const isOurs = screen === first
  return { screen, rest: isOurs ? (meant as string[]) : [], filmNow: first === 'film-now' }
}

/** Where a page that was loaded anew goes, which knows no more which film was meant. */
function withoutName(screen: ScreenName): ScreenName {
  return screen === 'watch' ? 'recordings' : screen
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
