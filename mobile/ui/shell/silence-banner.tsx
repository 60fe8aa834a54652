// On a circle's screen, when nobody of it has answered for a while: says so once, with what helps, and goes
// when somebody answers. Looks on from the page's beginning, so that who comes back to the screen need not wait.

import { effect, signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import type { State } from '../../../core/api/contract.ts'
import { Banner } from '../components/banner.tsx'
import { connection, state } from '../engine/engine.ts'
import { circlePlace } from '../screens/circle/links.ts'
import { circleOf } from '../state/circle/circle-view.ts'
import { saidInMs, silencesOf, type Silences } from '../state/circle/silence.ts'
import { t } from '../words/words.ts'
import { place } from './router.ts'

const silences = signal<Silences>({})

effect(() => {
  const circles = connection.value === 'open' ? (state.value?.circles ?? null) : null
  silences.value = silencesOf(silences.peek(), circles, performance.now())
})

export function SilenceBanner() {
  const { screen, rest } = place.value
  const { view, circle } = circlePlace(rest)
  const isHome = screen === 'circle' && (view === null || view === 'at')
  const inMs = isHome && state.value !== null ? shownInMs(state.value, circle) : null
  useRedrawIn(inMs)
  if (inMs !== 0) return null
  return (
    <Banner kind="warn">
      <p>{t('circle.silence')}</p>
    </Banner>
  )
}

function shownInMs(whole: State, wanted: string | undefined): number | null {
  const circle = circleOf(whole, wanted)
  if (circle === null) return null
  return saidInMs(circle, silences.value[circle.circle] ?? null, performance.now())
}

/** @param inMs null for never */
function useRedrawIn(inMs: number | null): void {
  const [, redraw] = useState({})
  useEffect(() => {
    if (inMs === null || inMs === 0) return
    const timer = setTimeout(() => redraw({}), inMs)
    return () => clearTimeout(timer)
  })
}
