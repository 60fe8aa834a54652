// This device in the settings: whether it asks for a passphrase, and what shuts it. What each does stands beside
// it in one sentence.

import { Button } from '../../components/button.tsx'
import { state } from '../../engine/engine.ts'
import { linkTo } from '../../shell/router.ts'
import { faceOf } from '../../state/device/face.ts'
import { t } from '../../words/words.ts'
import '../circle/circle.css'
import { UnlockForm } from '../locked/unlock-form.tsx'
import { PanicButton } from '../panic/panic-dialog.tsx'
import { LockNow } from './lock-now.tsx'

export function DevicePart() {
  const face = faceOf(state.value)
  if (state.value === null || face === 'waiting' || face === 'failed') return null
  if (face === 'wiped') return <p>{t('wiped.now')}</p>
  return (
    <section class="part" aria-labelledby="device-title">
      <h2 id="device-title">{t('device.title')}</h2>
      {face === 'locked' ? <Shut /> : <Open isProtected={state.value.device.protected} />}
      <div class="with-note">
        <PanicButton />
        <p class="field-note">{t('panic.note')}</p>
      </div>
    </section>
  )
}

function Shut() {
  return (
    <>
      <p>{t(state.value?.device.phase === 'sealed' ? 'locked.sealed' : 'locked.note')}</p>
      <UnlockForm />
    </>
  )
}

function Open({ isProtected }: { isProtected: boolean }) {
  return (
    <>
      <p>{t(isProtected ? 'device.protected' : 'device.bare')}</p>
      {isProtected && (
        <div class="with-note">
          <LockNow />
          <p class="field-note">{t('device.lock-note')}</p>
        </div>
      )}
      <Button wide href={linkTo('settings', 'passphrase')}>
        {t(isProtected ? 'device.change' : 'device.set')}
      </Button>
    </>
  )
}
