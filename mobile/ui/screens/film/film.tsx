// The film screen: ready, filming, afterwards. What is seen first in the app, for somebody with twenty
// seconds and shaking hands.

import { useEffect } from 'preact/hooks'
import { place } from '../../shell/router.ts'
import { After } from './after.tsx'
import { Filming } from './filming.tsx'
import { arrive, filmNow, isFilming, leave, openCamera, stop, view } from './model.ts'
import { Ready } from './ready.tsx'
import './style/film.css'
import './style/controls.css'

export function Film() {
  const isAsked = place.value.filmNow
  useEffect(() => {
    arrive()
    return leave
  }, [])
  useEffect(() => {
    if (!isAsked) return
    history.replaceState(null, '', '#film')
    dispatchEvent(new HashChangeEvent('hashchange')) // or the next time would be none
    filmNow()
  }, [isAsked])
  useEffect(() => followPage(), [])
  if (isFilming.value) return <Filming />
  return view.value === 'after' ? <After /> : <Ready />
}

/** The camera rests while nobody looks; a page that goes ends its film. */
function followPage(): () => void {
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') leave()
    else if (view.value === 'ready') void openCamera()
  }
  const onHide = (): void => void stop()
  document.addEventListener('visibilitychange', onVisibility)
  addEventListener('pagehide', onHide)
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    removeEventListener('pagehide', onHide)
  }
}
