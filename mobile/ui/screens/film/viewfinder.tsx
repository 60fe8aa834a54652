// What the camera sees now, without sound: it is the picture that counts, whatever lies over it.

import { useEffect, useRef } from 'preact/hooks'
import { camera, mode } from './model.ts'
import { t } from '../../words/words.ts'

export function Viewfinder() {
  const element = useRef<HTMLVideoElement>(null)
  const stream = camera.stream.value
  useEffect(() => {
    if (element.current) element.current.srcObject = stream
  }, [stream])
  if (mode.value === 'audio') {
    return (
      <div class="viewfinder sound">
        <p>{t('film.soundOnly')}</p>
      </div>
    )
  }
  const mirrored = camera.facing.value === 'user' ? ' mirrored' : ''
  return (
    <video
      ref={element}
      class={`viewfinder${mirrored}`}
      autoPlay
      muted
      playsInline
      aria-label={t('film.viewfinder')}
    />
  )
}
