// The five places a thumb can reach. Watching is reached from the recordings.

import type { ComponentChildren } from 'preact'
import { t, type WordKey } from '../words/words.ts'
import { linkTo, place, type ScreenName } from './router.ts'

const ITEMS: { screen: ScreenName; word: WordKey; sign: ComponentChildren }[] = [
  {
    screen: 'film',
    word: 'shell.film',
    sign: (
      <>
        <circle cx="12" cy="12" r="9" />
        <circle cx="12" cy="12" r="4" fill="currentColor" />
      </>
    )
  },
  {
    screen: 'circle',
    word: 'shell.circle',
    sign: (
      <>
        <circle cx="8" cy="9" r="3" />
        <circle cx="16" cy="9" r="3" />
        <path d="M2 20c0-4 3-6 6-6s6 2 6 6M14 14.5c1-.4 2-.5 2-.5 3 0 6 2 6 6" />
      </>
    )
  },
  {
    screen: 'recordings',
    word: 'shell.recordings',
    sign: (
      <>
        <rect x="3" y="5" width="18" height="14" rx="2" />
        <path d="m10 9 5 3-5 3z" fill="currentColor" />
      </>
    )
  },
  {
    screen: 'advice',
    word: 'shell.advice',
    sign: (
      <>
        <path d="M6 3h9l4 4v14H6z" />
        <path d="M9 11h7M9 15h7" />
      </>
    )
  },
  {
    screen: 'settings',
    word: 'shell.settings',
    sign: (
      <>
        <path d="M4 7h16M4 12h16M4 17h16" />
        <circle cx="9" cy="7" r="2" fill="var(--ground)" />
        <circle cx="15" cy="12" r="2" fill="var(--ground)" />
        <circle cx="8" cy="17" r="2" fill="var(--ground)" />
      </>
    )
  }
]

export function BottomBar() {
  const shown = place.value.screen === 'watch' ? 'recordings' : place.value.screen
  return (
    <nav class="bar" aria-label={t('shell.bar')}>
      {ITEMS.map(({ screen, word, sign }) => (
        <a
          key={screen}
          class="bar-item"
          href={linkTo(screen)}
          aria-current={screen === shown ? 'page' : undefined}
        >
          <svg
            viewBox="0 0 24 24"
            fill="none"
            stroke="currentColor"
            stroke-width="2"
            aria-hidden="true"
          >
            {sign}
          </svg>
          {t(word)}
        </a>
      ))}
    </nav>
  )
}
