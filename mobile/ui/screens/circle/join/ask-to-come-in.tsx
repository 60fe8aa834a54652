// What an invite says, before anybody is asked: as what it lets in and until when.

import { useState } from 'preact/hooks'
import type { Answer } from '../../../../../core/api/contract.ts'
import { Button } from '../../../components/button.tsx'
import { call, state } from '../../../engine/engine.ts'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'
import { OwnName } from '../own-name.tsx'
import { roleName, untilText } from '../texts.ts'

export type Looked = Answer<'join.look'> & { url: string }

export interface AskToComeInProps {
  looked: Looked
  onAsked: () => void
  onBack: () => void
}

export function AskToComeIn({ looked, onAsked, onBack }: AskToComeInProps) {
  const { url, role, expiresAtMs } = looked
  const [own, setOwn] = useState('')
  const { busy, failure, ask } = useAsking()
  const start = async (): Promise<void> => {
    const name = own.trim()
    await call('join.start', name === '' ? { url } : { url, name })
    onAsked()
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        ask(start)
      }}
    >
      <p class="lead">{t('circle.join.asks', { role: roleName(role) })}</p>
      <p>{t(`circle.roleNote.${role}`)}</p>
      <p class="muted">{t('circle.join.until', { time: untilText(expiresAtMs) })}</p>
      <FailureBanner failure={failure} />
      {state.value?.device.named === false && <OwnName value={own} onInput={setOwn} />}
      <div class="actions">
        <Button kind="primary" type="submit" disabled={busy}>
          {t('circle.join.ask')}
        </Button>
        <Button onClick={onBack}>{t('circle.join.again')}</Button>
      </div>
    </form>
  )
}
