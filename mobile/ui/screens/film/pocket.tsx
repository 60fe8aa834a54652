// Pocket mode: a black screen that goes on filming, so that nobody sees it does. The lower half stops, after
// a press of a second: cloth does not press that long in one place.

import { useEffect, useRef, useState } from 'preact/hooks'
import { t } from '../../words/words.ts'
import { pocket, stop } from './model.ts'
import './style/pocket.css'

const HOLD_MS = 1000
/** Words fade, so that the screen is black. */
const WORDS_MS = 4000

export function Pocket() {
  const [shown, setShown] = useState(true)
  useEffect(() => {
    if (!shown) return
    const timer = setTimeout(() => setShown(false), WORDS_MS)
    return () => clearTimeout(timer)
  }, [shown])
  const words = shown ? '' : ' dark'
  return (
    <div class={`pocket${words}`}>
      <button type="button" class="pocket-back" onClick={() => leave(shown, setShown)}>
        {t('film.pocketBack')}
      </button>
      <HoldToStop />
    </div>
  )
}

/** The first touch of a black screen only shows the words. */
function leave(shown: boolean, show: (shown: boolean) => void): void {
  if (shown) pocket.value = false
  else show(true)
}

function HoldToStop() {
  const timer = useRef(0)
  const press = (): void => {
    timer.current = window.setTimeout(() => {
      navigator.vibrate?.(200)
      void stop()
    }, HOLD_MS)
  }
  const release = (): void => clearTimeout(timer.current)
  return (
    <button
      type="button"
      class="pocket-stop"
      onPointerDown={press}
      onPointerUp={release}
      onPointerLeave={release}
      onPointerCancel={release}
      onKeyDown={({ key, repeat }) => key === 'Enter' && !repeat && press()}
      onKeyUp={release}
    >
      {t('film.pocketStop')}
    </button>
  )
}
