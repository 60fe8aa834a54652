// What a thumb does with a film: stop and go on, ten seconds back, to the live edge, sound, full screen.

import type { RefObject } from 'preact'
import { useState } from 'preact/hooks'
import type { RecordingState } from '../../../../../core/api/contract.ts'
import { Button } from '../../../components/button.tsx'
import type { Player } from '../../../playback/player.ts'
import { t } from '../../../words/words.ts'

const STEP_SECONDS = 10

export interface ControlsProps {
  film: RecordingState
  player: Player | null
  video: RefObject<HTMLVideoElement | null>
}

export function Controls({ film, player, video }: ControlsProps) {
  const view = player?.view.value
  const at = view?.at ?? 0
  const playing = view?.playing ?? false
  return (
    <div class="controls">
      <Button
        kind="primary"
        label={t(playing ? 'watch.pause' : 'watch.play')}
        onClick={() => (playing ? player?.pause() : player?.play())}
      >
        <Sign path={playing ? 'M7 6h2v12H7zM15 6h2v12h-2z' : 'M8 5l11 7-11 7z'} />
      </Button>
      <Button label={`−10: ${t('watch.backTen')}`} onClick={() => player?.seek(at - STEP_SECONDS)}>
        <span dir="ltr">−10</span>
      </Button>
      <Button label={`+10: ${t('watch.onTen')}`} onClick={() => player?.seek(at + STEP_SECONDS)}>
        <span dir="ltr">+10</span>
      </Button>
      {film.phase === 'live' && (
        <Button pressed={view?.following ?? false} onClick={() => player?.follow()}>
          {t('watch.toLive')}
        </Button>
      )}
      <Sound video={video} />
      <FullScreen video={video} />
    </div>
  )
}

function Sound({ video }: { video: RefObject<HTMLVideoElement | null> }) {
  const [muted, setMuted] = useState(false)
  const toggle = (): void => {
    video.current!.muted = !muted
    setMuted(!muted)
  }
  return (
    <Button label={t('watch.mute')} pressed={muted} onClick={toggle}>
      <Sign path={muted ? `${SPEAKER}M16 9l5 6M21 9l-5 6` : `${SPEAKER}M16 8q4 4 0 8`} />
    </Button>
  )
}

function FullScreen({ video }: { video: RefObject<HTMLVideoElement | null> }) {
  if (!document.fullscreenEnabled) return null
  return (
    <Button label={t('watch.full')} onClick={() => void video.current?.requestFullscreen()}>
      <Sign path="M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5" />
    </Button>
  )
}

const SPEAKER = 'M4 9h4l5-4v14l-5-4H4z'

function Sign({ path }: { path: string }) {
  return (
    <svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}
