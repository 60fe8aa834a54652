// The panic, in two touches: one that asks, one that wipes. The second is on a large button that takes no touch in
// the first moment, since a shaking hand touches twice. No held press: neither a hand that shakes nor a screen
// reader can do one for sure. No passphrase either: nobody has the time.
// Must never: wipe by one touch, or be hidden by the screen below it while it wipes.

import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { call } from '../../engine/engine.ts'
import { place } from '../../shell/router.ts'
import { clockText } from '../../state/film/shown/clock-text.ts'
import { t } from '../../words/words.ts'
import { useAsking } from '../circle/asking.ts'
import { FailureBanner } from '../circle/failure-banner.tsx'
import { unfinished } from '../film/model.ts'
import '../../style/page.css'
import './panic.css'

/** Longer than a hand takes that meant to touch once, and shorter than reading the title. */
const ASLEEP_MS = 600

const isAsked = signal(false)

/** The first touch. */
export function PanicButton() {
  return (
    <Button wide onClick={() => (isAsked.value = true)}>
      {t('panic.open')}
    </Button>
  )
}

export function PanicDialog() {
  const close = (): void => {
    isAsked.value = false
  }
  useEffect(close, [place.value]) // whoever goes elsewhere has not meant it
  return (
    <Dialog title={t('panic.title')} open={isAsked.value} onClose={close}>
      <Sure onNo={close} />
    </Dialog>
  )
}

function Sure({ onNo }: { onNo: () => void }) {
  const { busy, failure, ask } = useAsking()
  const isAwake = useAwake()
  const wipe = (): void => ask(() => call('panic', { sure: 'wipe' }))
  return (
    <div class="panic">
      <ul class="follows">
        <li>{t('panic.goes')}</li>
        <li>{t('panic.stays')}</li>
        <OnlyHere />
        <li>{t('panic.law')}</li>
      </ul>
      <Button kind="danger" wide disabled={!isAwake || busy} onClick={wipe}>
        {t(busy ? 'panic.wiping' : 'panic.yes')}
      </Button>
      <FailureBanner failure={failure} />
      <Button wide disabled={busy} onClick={onNo}>
        {t('circle.revoke.cancel')}
      </Button>
    </div>
  )
}

/** What no panic of the engine could keep: it never had it. */
function OnlyHere() {
  const seconds = unfinished.value.reduce((sum, { stats }) => sum + stats.value.waitingSeconds, 0)
  if (seconds === 0) return null
  return <li class="number">{t('panic.page', { time: clockText(Math.ceil(seconds)) })}</li>
}

function useAwake(): boolean {
  const [isAwake, wake] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => wake(true), ASLEEP_MS)
    return () => clearTimeout(timer)
  }, [])
  return isAwake
}
