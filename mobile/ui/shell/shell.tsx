// The frame: what the engine's absence means, the screen, the bar. While filming there is only the film.

import { useEffect, useRef } from 'preact/hooks'
import { Film } from '../screens/film/film.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { EngineBanner } from './engine-banner.tsx'
import { lazy } from './lazy.tsx'
import { place, type ScreenName } from './router.ts'
import { immersed } from './shell-state.ts'

const SCREENS: Record<ScreenName, ReturnType<typeof lazy>> = {
  film: Film,
  circle: lazy(() => import('../screens/circle/circle.tsx')),
  recordings: lazy(() => import('../screens/recordings/recordings.tsx')),
  watch: lazy(() => import('../screens/watch/watch.tsx')),
  advice: lazy(() => import('../screens/advice/advice.tsx')),
  settings: lazy(() => import('../screens/settings/settings.tsx'))
}

export function Shell() {
  const { screen, rest } = place.value
  const Screen = SCREENS[screen]
  const main = useRef<HTMLElement>(null)
  useEffect(() => main.current?.scrollTo(0, 0), [screen])
  return (
    <div class="shell">
      <div>{!immersed.value && screen !== 'film' && <EngineBanner />}</div>
      <main class="shell-page" ref={main}>
        <Screen rest={rest} key={screen} />
      </main>
      {immersed.value ? <div /> : <BottomBar />}
    </div>
  )
}
