// The camera as a reader of codes: begins when asked to, says what it sees, stops by itself.

import { useEffect, useRef, useState } from 'preact/hooks'
import { Banner } from '../../../components/banner.tsx'
import { Button } from '../../../components/button.tsx'
import { inviteIn } from '../../../state/circle/invite-link.ts'
import { t } from '../../../words/words.ts'
import { CodeReader } from './code-reader.ts'

type Phase = 'off' | 'on' | 'no-camera'

export function Scanner({ onInvite }: { onInvite: (text: string) => void }) {
  const [phase, setPhase] = useState<Phase>('off')
  const found = (text: string): void => {
    setPhase('off')
    onInvite(text)
  }
  return (
    <section class="scanner">
      {phase === 'no-camera' && (
        <Banner kind="warn">
          <p>{t('circle.join.noCamera')}</p>
        </Banner>
      )}
      {phase === 'on' ? (
        <Camera
          onInvite={found}
          onFailed={() => setPhase('no-camera')}
          onStop={() => setPhase('off')}
        />
      ) : (
        <Button kind="primary" wide onClick={() => setPhase('on')}>
          {t('circle.join.start')}
        </Button>
      )}
    </section>
  )
}

interface CameraProps {
  onInvite: (text: string) => void
  onFailed: () => void
  onStop: () => void
}

function Camera({ onInvite, onFailed, onStop }: CameraProps) {
  const video = useRef<HTMLVideoElement>(null)
  const [isOther, setOther] = useState(false)
  useEffect(() => {
    const reader = new CodeReader(video.current!, (text) => {
      if (inviteIn(text) === null) return setOther(true)
      reader.stop()
      onInvite(text)
    })
    reader.start().catch(onFailed)
    return () => reader.stop()
  }, [])
  return (
    <>
      <h2>{t('circle.join.scanTitle')}</h2>
      <video ref={video} class="scanner-view" muted playsInline aria-hidden="true" />
      <p role="status">{t(isOther ? 'circle.join.notInvite' : 'circle.join.looking')}</p>
      <Button wide onClick={onStop}>
        {t('circle.join.stop')}
      </Button>
    </>
  )
}
