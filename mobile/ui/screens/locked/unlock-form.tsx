// The field that opens a locked device. Says that a passphrase was wrong, and asks again at once.
// Must never: keep what was typed.

import { useRef, useState } from 'preact/hooks'
import { Banner } from '../../components/banner.tsx'
import { Button } from '../../components/button.tsx'
import { PassphraseField } from '../../components/passphrase-field.tsx'
import { call } from '../../engine/engine.ts'
import { codeOf } from '../../engine/failure.ts'
import { t } from '../../words/words.ts'

type Tried = 'not' | 'trying' | 'wrong' | 'gone' | 'failed'

export function UnlockForm() {
  const [passphrase, type] = useState('')
  const [tried, setTried] = useState<Tried>('not')
  const form = useRef<HTMLFormElement>(null)
  const unlock = (event: Event): void => {
    event.preventDefault()
    if (passphrase === '' || tried === 'trying') return
    setTried('trying')
    call('device.unlock', { passphrase }).catch((err: unknown) => {
      setTried(whyOf(codeOf(err)))
      form.current?.querySelector('input')?.focus()
    })
    type('')
  }
  return (
    <form class="form" ref={form} onSubmit={unlock}>
      <PassphraseField
        label={t('locked.passphrase')}
        value={passphrase}
        kind="current-password"
        onInput={type}
      />
      {tried !== 'not' && tried !== 'trying' && (
        <Banner kind="danger">
          <p>{t(`locked.${tried}`)}</p>
        </Banner>
      )}
      <Button kind="primary" type="submit" wide disabled={tried === 'trying' || passphrase === ''}>
        {t(tried === 'trying' ? 'locked.trying' : 'locked.unlock')}
      </Button>
    </form>
  )
}

function whyOf(code: string): Tried {
  if (code === 'PASSPHRASE_WRONG') return 'wrong'
  return code === 'ENGINE_GONE' ? 'gone' : 'failed'
}
