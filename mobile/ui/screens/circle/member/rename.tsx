// What the others call this device: said anew in every circle it is in.

import { useState } from 'preact/hooks'
import type { MemberItem } from '../../../../../core/api/contract.ts'
import { Banner } from '../../../components/banner.tsx'
import { Button } from '../../../components/button.tsx'
import { Field } from '../../../components/field.tsx'
import { call } from '../../../engine/engine.ts'
import { t } from '../../../words/words.ts'
import { useAsking } from '../asking.ts'
import { FailureBanner } from '../failure-banner.tsx'

export function Rename({ member }: { member: MemberItem }) {
  const [typed, setTyped] = useState<string | null>(null)
  const [done, setDone] = useState(false)
  const { busy, failure, ask } = useAsking()
  const name = typed ?? member.name
  const rename = async (): Promise<void> => {
    await call('device.name', { name: name.trim() })
    setDone(true)
  }
  return (
    <form
      class="form"
      onSubmit={(event) => {
        event.preventDefault()
        setDone(false)
        ask(rename)
      }}
    >
      <FailureBanner failure={failure} />
      <Field label={t('circle.member.rename')} note={t('circle.member.renameNote')}>
        <input
          value={name}
          maxLength={64}
          required
          autocomplete="nickname"
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit" disabled={busy || name.trim() === '' || name.trim() === member.name}>
        {t('circle.member.renameSave')}
      </Button>
      {done && (
        <Banner kind="safe">
          <p>{t('circle.member.renamed')}</p>
        </Banner>
      )}
    </form>
  )
}
