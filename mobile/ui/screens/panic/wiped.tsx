// What this device is after a panic, in place of every screen that shows films or people, and of the one that
// films: nobody would get what it takes. What was wiped, what was not yet safe with others, what is left here.

import { useState } from 'preact/hooks'
import type { WipedState } from '../../../../core/api/contract.ts'
import { Ask } from '../../components/ask.tsx'
import { Banner, type BannerKind } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { Page } from '../../components/page.tsx'
import { call, slice } from '../../engine/engine.ts'
import {
  isSomethingLeft,
  wipedKind,
  wipedSentence,
  type WipedKind
} from '../../state/device/wiped-words.ts'
import { t, type WordKey } from '../../words/words.ts'
import { useAsking } from '../circle/asking.ts'
import { FailureBanner } from '../circle/failure-banner.tsx'
import './panic.css'

const wiped = slice('wiped')

const LEVELS: Record<WipedKind, BannerKind> = {
  safe: 'safe',
  left: 'warn',
  unknown: 'warn',
  kept: 'warn',
  lost: 'danger'
}

export function Wiped() {
  const what = wiped.value
  return (
    <Page title={t('wiped.title')}>
      <p class="lead">{t('wiped.now')}</p>
      {what !== null && <NotSafe wiped={what} />}
      {what !== null && isSomethingLeft(what) && <Left wiped={what} />}
      <p>{t('wiped.next')}</p>
    </Page>
  )
}

function NotSafe({ wiped: what }: { wiped: WipedState }) {
  const { key, values } = wipedSentence(what)
  return (
    <Banner kind={LEVELS[wipedKind(what)]}>
      <p>{t(key as WordKey, values)}</p>
    </Banner>
  )
}

/** Where it lies, what it is good for, and the way to be rid of it. */
function Left({ wiped: { kept } }: { wiped: WipedState }) {
  const [isAsked, ask] = useState(false)
  const asking = useAsking()
  const remove = (): void => {
    ask(false)
    asking.ask(() => call('panic', { sure: 'wipe', everything: true }))
  }
  return (
    <>
      {kept !== null && (
        <p>
          {t('wiped.folder')}{' '}
          <bdi class="wiped-folder" dir="ltr">
            {kept}
          </bdi>
        </p>
      )}
      <Button wide disabled={asking.busy} onClick={() => ask(true)}>
        {t(asking.busy ? 'panic.wiping' : 'wiped.remove')}
      </Button>
      <FailureBanner failure={asking.failure} />
      <Ask
        title={t('wiped.remove-title')}
        open={isAsked}
        yes={t('wiped.remove-yes')}
        danger
        onYes={remove}
        onNo={() => ask(false)}
      >
        <p>{t('wiped.remove-note')}</p>
      </Ask>
    </>
  )
}
