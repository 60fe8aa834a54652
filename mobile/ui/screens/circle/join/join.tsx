// Getting into a circle: find the invite, see what it says, ask, and wait; each end says what comes next.

import { useState } from 'preact/hooks'
import { Page } from '../../../components/page.tsx'
import { call, state } from '../../../engine/engine.ts'
import { linkTo } from '../../../shell/router.ts'
import { t } from '../../../words/words.ts'
import { AskToComeIn, type Looked } from './ask-to-come-in.tsx'
import { FindInvite } from './find-invite.tsx'
import { JoinProgress } from './join-progress.tsx'

export function Join() {
  const join = state.value?.join ?? null
  const [looked, setLooked] = useState<Looked | null>(null)
  /** How an earlier one ended is no news to somebody who comes here anew. */
  const [isOld, setOld] = useState(join?.phase === 'joined')
  const again = (): void => {
    setLooked(null)
    setOld(true)
    if (join !== null && join.phase !== 'joined') {
      void call('join.cancel', { forget: true }).catch(() => {})
    }
  }
  const asked = (): void => {
    setLooked(null)
    setOld(false)
  }
  return (
    <Page title={t('circle.join.title')} back={{ href: linkTo('circle'), label: t('circle.back') }}>
      {looked !== null ? (
        <AskToComeIn looked={looked} onAsked={asked} onBack={again} />
      ) : join !== null && !isOld ? (
        <JoinProgress join={join} onAgain={again} />
      ) : (
        <FindInvite onFound={setLooked} />
      )}
    </Page>
  )
}
