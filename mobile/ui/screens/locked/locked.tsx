// What a locked device shows where films, names and members would be: why not, and the field that opens it.
// Must never: keep what was typed.

import { useState } from 'preact/hooks'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { Field } from '../../components/field.tsx'
import { Page } from '../../components/page.tsx'
import { call, state } from '../../engine/engine.ts'
import { codeOf } from '../../engine/failure.ts'
import { t } from '../../words/words.ts'
import '../circle/circle.css'

type Tried = 'not' | 'trying' | 'wrong' | 'failed'

export default function Locked() {
  const [passphrase, type] = useState('')
  const [tried, setTried] = useState<Tried>('not')
  const unlock = (event: Event): void => {
    event.preventDefault()
    setTried('trying')
    type('')
    call('device.unlock', { passphrase }).catch((err: unknown) =>
      setTried(codeOf(err) === 'PASSPHRASE_WRONG' ? 'wrong' : 'failed')
    )
  }
  return (
    <Page title={t('locked.title')}>
      <p>{t(state.value?.device.phase === 'sealed' ? 'locked.sealed' : 'locked.note')}</p>
      <form class="form" onSubmit={unlock}>
        <Field label={t('locked.passphrase')}>
          <input
            type="password"
            value={passphrase}
            autocomplete="current-password"
            onInput={(event) => type(event.currentTarget.value)}
          />
        </Field>
        <Button
          kind="primary"
          type="submit"
          wide
          disabled={tried === 'trying' || passphrase === ''}
        >
          {t('locked.unlock')}
        </Button>
      </form>
      {(tried === 'wrong' || tried === 'failed') && (
        <Banner kind="danger">
          <p>{t(`locked.${tried}`)}</p>
        </Banner>
      )}
    </Page>
  )
}
