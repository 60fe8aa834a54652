// Founding a circle: a name for it and one for oneself, then straight on to the first invite.

import { useState } from 'preact/hooks'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { Page } from '../../../components/page.tsx'
import { call, state } from '../../../engine/engine.ts'
import { linkTo } from '../../../shell/router.ts'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'
import { goIn } from '../links.ts'
import { OwnName } from '../own-name.tsx'

export function NewCircle() {
  const [name, setName] = useState('')
  const [own, setOwn] = useState('')
  const { busy, failure, ask } = useAsking()
  const asksName = state.value?.device.named === false
  const create = async (): Promise<void> => {
    if (own.trim() !== '') await call('device.name', { name: own.trim() })
    const title = name.trim() === '' ? t('circle.unnamed') : name.trim()
    const { circle } = await call('circle.create', { name: title })
    goIn('invite', circle)
  }
  return (
    <Page title={t('circle.new.title')} back={{ href: linkTo('circle'), label: t('circle.back') }}>
      <FailureBanner failure={failure} />
      <form
        class="form"
        onSubmit={(event) => {
          event.preventDefault()
          ask(create)
        }}
      >
        {asksName && <OwnName value={own} onInput={setOwn} />}
        <Field label={t('circle.new.name')} note={t('circle.new.nameNote')}>
          <input
            value={name}
            maxLength={64}
            placeholder={t('circle.unnamed')}
            autocomplete="off"
            onInput={(event) => setName(event.currentTarget.value)}
          />
        </Field>
        <Button kind="primary" wide type="submit" disabled={busy}>
          {t('circle.new.create')}
        </Button>
      </form>
    </Page>
  )
}
