// The frame: what the engine's absence means, the screen, the bar. While filming there is only the film,
// whatever the address says: the back button neither hides it nor ends it. A locked device films all the
// same, and asks for its passphrase where it would show films or people; a wiped one says what it is now.

import { useEffect, useRef } from 'preact/hooks'
import { Film } from '../screens/film/film.tsx'
import { isFilming, unfinished } from '../screens/film/model.ts'
import { Unfinished } from '../screens/film/unfinished.tsx'
import { PanicDialog } from '../screens/panic/panic-dialog.tsx'
import { Wiped } from '../screens/panic/wiped.tsx'
import { BottomBar } from './bottom-bar.tsx'
import { EngineBanner } from './engine-banner.tsx'
import { connection, state } from '../engine/engine.ts'
import { faceOf, type Face } from '../state/device/face.ts'
import { lazy } from './lazy.tsx'
import { goTo, place, type ScreenName } from './router.ts'
import { SilenceBanner } from './silence-banner.tsx'

const SCREENS: Record<ScreenName, ReturnType<typeof lazy>> = {
  film: Film,
  circle: lazy(() => import('../screens/circle/circle.tsx')),
  recordings: lazy(() => import('../screens/recordings/recordings.tsx')),
  watch: lazy(() => import('../screens/watch/watch.tsx')),
  advice: lazy(() => import('../screens/advice/advice.tsx')),
  settings: lazy(() => import('../screens/settings/settings.tsx'))
}

const Locked = lazy(() => import('../screens/locked/locked.tsx'))
const NotReady = lazy(() => import('../screens/device/not-ready.tsx'))
/** What shows nothing of the device: all that is left when it was wiped. */
const OF_NO_DEVICE: readonly ScreenName[] = ['advice', 'settings']
/** What shows films and people. */
const CLOSED: readonly ScreenName[] = ['circle', 'recordings', 'watch']

export function Shell() {
  const { rest } = place.value
  const screen = isFilming.value ? 'film' : place.value.screen
  const face = faceOf(state.value)
  const instead = insteadOf(screen, face)
  const Screen = instead ?? SCREENS[screen]
  const main = useRef<HTMLElement>(null)
  useEffect(() => main.current?.scrollTo(0, 0), [screen])
  useEffect(() => {
    if (isFilming.value && place.value.screen !== 'film') goTo('film')
  })
  return (
    <div class="shell">
      <main class="shell-page" ref={main}>
        <Screen rest={rest} key={instead === null ? screen : face} />
      </main>
      <div>{screen !== 'film' && <Trouble isClosed={instead !== null} />}</div>
      {isFilming.value ? <div /> : <BottomBar />}
      <PanicDialog />
    </div>
  )
}

function insteadOf(screen: ScreenName, face: Face): ReturnType<typeof lazy> | null {
  if (face === 'wiped') return OF_NO_DEVICE.includes(screen) ? null : Wiped
  if (face === 'open' || !CLOSED.includes(screen)) return null
  return face === 'locked' ? Locked : NotReady
}

/**
 * Below the page, of which nothing moves when it comes and goes: the worst of it alone. The film screen says it
 * by itself; a film that only this page has says why, too.
 */
function Trouble({ isClosed }: { isClosed: boolean }) {
  if (unfinished.value.length > 0) return <Unfinished />
  if (connection.value !== 'open') return <EngineBanner />
  return isClosed ? null : <SilenceBanner />
}
